import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { parseJson } from '../../src/diagnose/text/json-text.ts';
import { rareSerializers } from '../../src/diagnose/text/other-serializers.ts';
import { acsRequest, sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';

const play: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};
const callout: Intent = { ...play, host: 'calling.api.sinch.com', path: '/calling/v1/callouts', query: '' };

/** What is found of each provider's request when one body was hashed and another was sent. */
function foundOf(provider: 'acs' | 'sinch', hashed: string, sent: string): string {
  const judge = (scheme: typeof acsHmac, message: Message): Diagnosis =>
    diagnose(scheme, { keyId: sinchKeyId, secret: play.secret }, message, { now: play.at, exactBody: true });
  const { verdict, mistakes } =
    provider === 'acs'
      ? judge(
          acsHmac,
          acsRequest({ ...play, body: hashed }, (signing) => void (signing.sentBody = sent)),
        )
      : judge(
          sinchApplication,
          sinchRequest({ ...callout, body: hashed }, (signing) => void (signing.sentBody = sent)),
        );
  return `${verdict} ${mistakes.map(({ id }) => id).join()}`;
}

const found = (hashed: string, sent: string): string[] => [
  foundOf('acs', hashed, sent),
  foundOf('sinch', hashed, sent),
];
const reserialized = ['explained body/reserialized', 'explained body/reserialized'];

const sent =
  '{"playSources":[{"kind":"text","text":{"text":"Tom & Jerry\'s <b>","sourceLocale":"en-US"}}],"playTo":[{"kind":"phoneNumber","rawId":"4:+14255550123"}]}';

describe('names of members by another policy', () => {
  test.each([
    // JsonSerializer.Serialize(request) in .NET 8: learn.microsoft.com/dotnet/standard/serialization/system-text-json/character-encoding
    [
      'System.Text.Json, PascalCase and its escapes',
      String.raw`{"PlaySources":[{"Kind":"text","Text":{"Text":"Tom \u0026 Jerry\u0027s \u003Cb\u003E","SourceLocale":"en-US"}}],"PlayTo":[{"Kind":"phoneNumber","RawId":"4:\u002B14255550123"}]}`,
    ],
    [
      'Newtonsoft, PascalCase',
      '{"PlaySources":[{"Kind":"text","Text":{"Text":"Tom & Jerry\'s <b>","SourceLocale":"en-US"}}],"PlayTo":[{"Kind":"phoneNumber","RawId":"4:+14255550123"}]}',
    ],
    [
      'Python, snake_case',
      '{"play_sources": [{"kind": "text", "text": {"text": "Tom & Jerry\'s <b>", "source_locale": "en-US"}}], "play_to": [{"kind": "phoneNumber", "raw_id": "4:+14255550123"}]}',
    ],
    [
      'Go, exported fields and its escapes',
      String.raw`{"PlaySources":[{"Kind":"text","Text":{"Text":"Tom \u0026 Jerry's \u003cb\u003e","SourceLocale":"en-US"}}],"PlayTo":[{"Kind":"phoneNumber","RawID":"4:+14255550123"}]}`,
    ],
    [
      'Jackson’s LOWER_CASE',
      '{"playsources":[{"kind":"text","text":{"text":"Tom & Jerry\'s <b>","sourcelocale":"en-US"}}],"playto":[{"kind":"phoneNumber","rawid":"4:+14255550123"}]}',
    ],
    [
      'kebab-case',
      '{"play-sources":[{"kind":"text","text":{"text":"Tom & Jerry\'s <b>","source-locale":"en-US"}}],"play-to":[{"kind":"phoneNumber","raw-id":"4:+14255550123"}]}',
    ],
  ])('%s', (_, hashed) => {
    expect(found(hashed, sent)).toEqual(reserialized);
  });

  // dotnet/runtime, JsonCamelCaseNamingPolicy: of capitals at the start, the last before a small letter stays.
  test('PascalCase or snake_case sent, camelCase hashed', () => {
    expect(found('{"callId":"a","urLs":1,"idCard":2}', '{"CallId":"a","URLs":1,"IDCard":2}')).toEqual(reserialized);
    expect(found('{"appId":"a","sentAt":1}', '{"app_id":"a","sent_at":1}')).toEqual(reserialized);
  });
});

describe('members that were left out because they are null', () => {
  const body = '{"playSources":[{"kind":"file","file":{"uri":"https://example.com/a.wav"}}]}';
  // Their names and order are those of PlayRequest and PlaySource (azure-rest-api-specs, callautomation 2023-10-15).
  test.each([
    ['one at its end', `${body.slice(0, -1)},"operationContext":null}`],
    ['one among the others', body.replace('"file":{', '"playSourceCacheId":null,"file":{')],
    [
      'all of the outermost object',
      `${body.slice(0, -1)},"playTo":null,"playOptions":null,"operationContext":null,"operationCallbackUri":null}`,
    ],
    [
      'all of every object',
      '{"playSources":[{"kind":"file","playSourceCacheId":null,"file":{"uri":"https://example.com/a.wav"},"text":null,"ssml":null}],"playTo":null,"playOptions":null,"operationContext":null,"operationCallbackUri":null}',
    ],
    [
      'all of every object, in PascalCase',
      '{"PlaySources":[{"Kind":"file","PlaySourceCacheId":null,"File":{"Uri":"https://example.com/a.wav"},"Text":null,"Ssml":null}],"PlayTo":null,"PlayOptions":null,"OperationContext":null,"OperationCallbackUri":null}',
    ],
    ['an empty text', `${body.slice(0, -1)},"operationContext":""}`],
  ])('ACS: %s', (_, hashed) => {
    expect(foundOf('acs', hashed, body)).toBe('explained body/reserialized');
  });

  // As a struct of Go without omitempty, and a class of C# with nullable texts and plain flags, write them.
  test('Sinch: several of the object within, of a type that has some of them', () => {
    const tts = '{"method":"ttsCallout","ttsCallout":{"cli":"+46700000001","text":"Hi"}}';
    const ends = [
      '"dtmf":null,"domain":null,"text":"Hi"}}',
      '"text":"Hi","enableAce":false,"enableDice":false,"enablePie":false}}',
      '"text":"Hi","prompts":null,"enableAce":false}}',
      '"domain":"","custom":"","locale":"","text":"Hi"}}',
      '"text":"Hi","enableAce":false}}',
    ];
    for (const end of ends)
      expect(foundOf('sinch', tts.replace('"text":"Hi"}}', end), tts)).toBe('explained body/reserialized');
  });

  test('one that was sent as null, false or empty, and left out where it was hashed, is no missing part', () => {
    for (const unset of ['"text":null', '"text":""', '"text":false', '"text":[]']) {
      const tts = `{"method":"ttsCallout","ttsCallout":{"cli":"+46700000001",${unset}}}`;
      expect(found(tts.replace(`,${unset}`, ''), tts)).toEqual(reserialized);
    }
    expect(found('{"a":1}', '{"a":1,"b":2}')).toEqual(['explained body/part-only', 'explained body/part-only']);
  });

  test('Sinch: a flag that is false by default, and a text that is null', () => {
    const tts = '{"method":"ttsCallout","ttsCallout":{"cli":"+46700000001","text":"Hi"}}';
    expect(foundOf('sinch', tts.replace('"text"', '"custom":null,"text"'), tts)).toBe('explained body/reserialized');
    expect(foundOf('sinch', '{"instructions":[],"action":null}', '{"instructions":[]}')).toBe(
      'explained body/reserialized',
    );
  });
});

describe('a library with all its habits at once', () => {
  // Each run: Python 3.11, PHP 8.2, Go 1.26, Node 20.
  const rich = '{"b":"a/b <c> & é","a":{"small":1.5e-7,"half":0.5}}';
  test.each([
    ['Python: json.dumps', String.raw`{"b": "a/b <c> & \u00e9", "a": {"small": 1.5e-07, "half": 0.5}}`],
    [
      'Python: json.dumps, sorted and indented',
      '{\n  "a": {\n    "half": 0.5,\n    "small": 1.5e-07\n  },\n  "b": "a/b <c> & \\u00e9"\n}',
    ],
    ['PHP: json_encode', String.raw`{"b":"a\/b <c> & \u00e9","a":{"small":1.5e-7,"half":0.5}}`],
    [
      'PHP: JSON_HEX_TAG | JSON_HEX_AMP',
      String.raw`{"b":"a\/b \u003Cc\u003E \u0026 \u00E9","a":{"small":1.5e-7,"half":0.5}}`,
    ],
    ['Go: json.Encoder', '{"b":"a/b \\u003cc\\u003e \\u0026 é","a":{"small":1.5e-7,"half":0.5}}\n'],
    ['Go: json.Encoder of a map', '{"a":{"half":0.5,"small":1.5e-7},"b":"a/b \\u003cc\\u003e \\u0026 é"}\n'],
    ['JavaScript: JSON.stringify(o, Object.keys(o).sort())', '{"a":{},"b":"a/b <c> & é"}'],
  ])('%s', (_, hashed) => {
    expect(found(hashed, rich)).toEqual(reserialized);
  });
});

describe('PowerShell’s ConvertTo-Json', () => {
  // As users of Windows PowerShell 5.1 posted it: PowerShell/PowerShell issue 9266, rannn505/child-shell issue 75, and
  // newbe.dev/unexpected-convertto-json-results-answer-it-has-a-default-depth-of-2. It ends its lines with CRLF.
  const posted: readonly [what: string, output: string, sent: string][] = [
    [
      '5.1: each level behind its bracket',
      `{
    "Users":  [
                  {
                      "isCertified":  true,
                      "Email":  [
                                    "onemail",
                                    "twomail",
                                    "threemail"
                                ]
                  }
              ]
}`,
      '{"Users":[{"isCertified":true,"Email":["onemail","twomail","threemail"]}]}',
    ],
    [
      '5.1: an array below -Depth 2 is its items side by side',
      `{
    "Users":  [
                  {
                      "isCertified":  true,
                      "Email":  "onemail twomail threemail"
                  }
              ]
}`,
      '{"Users":[{"isCertified":true,"Email":["onemail","twomail","threemail"]}]}',
    ],
    [
      '5.1: a hash table below -Depth 2 is the name of its type',
      `{
    "Guid":  "a274d017-5188-4d91-b960-023c06159dcc",
    "Parent":  {
                   "Guid":  "a274d017-5188-4d91-b960-023c06159dcc",
                   "Parent":  {
                                  "Guid":  "a274d017-5188-4d91-b960-023c06159dcc",
                                  "Parent":  "System.Collections.Hashtable"
                              }
               }
}`,
      '{"Guid":"a274d017-5188-4d91-b960-023c06159dcc","Parent":{"Guid":"a274d017-5188-4d91-b960-023c06159dcc","Parent":{"Guid":"a274d017-5188-4d91-b960-023c06159dcc","Parent":{"Guid":"a274d017-5188-4d91-b960-023c06159dcc"}}}}',
    ],
  ];

  test.each(posted)('%s', (_, output, body) => {
    expect(found(output.replaceAll('\n', '\r\n'), body)).toEqual(reserialized);
  });

  // MicrosoftDocs/PowerShell-Docs issue 6055, and PowerShell/PowerShell issue 13660 for the text of a custom object.
  test.each([
    [
      '7: a hash table below -Depth 2',
      '{\n  "a": {\n    "b": {\n      "c": "System.Collections.Hashtable"\n    }\n  }\n}',
      '{"a":{"b":{"c":{"d":"e"}}}}',
    ],
    [
      '-Compress: a custom object',
      '{"a":{"b":{"c":"@{d=e; n=1; t=True}"}}}',
      '{"a":{"b":{"c":{"d":"e","n":1,"t":true}}}}',
    ],
    ['-Depth 1', '{"Test":"1","Test3":{"a":"@{b=1}"}}', '{"Test":"1","Test3":{"a":{"b":1}}}'],
  ])('%s', (_, hashed, body) => {
    expect(found(hashed, body)).toEqual(reserialized);
  });

  test('5.1 escapes what HTML would, and not what JSON need not', () => {
    // Windows PowerShell’s ConvertTo-Json escapes these four for HTML, PowerShell 7’s does not.
    const hashed = String.raw`{"text":"Tom \u0026 Jerry\u0027s \u003cb\u003e","url":"https://example.com/ä"}`;
    expect(found(hashed, '{"text":"Tom & Jerry\'s <b>","url":"https://example.com/ä"}')).toEqual(reserialized);
  });
});

describe('dates of other libraries', () => {
  const body = '{"at":"2026-03-10T08:15:30.250Z"}';
  // Jackson’s and .NET’s are of their documentation; the others were printed by the language.
  test.each([
    ['Python’s isoformat()', '{"at": "2026-03-10T08:15:30.250000+00:00"}'],
    ['Python’s str()', '{"at": "2026-03-10 08:15:30.250000+00:00"}'],
    ['PHP’s DateTime', '{"at":{"date":"2026-03-10 08:15:30.250000","timezone_type":2,"timezone":"Z"}}'],
    ['PHP’s DATE_ATOM', '{"at":"2026-03-10T08:15:30+00:00"}'],
    ['Ruby', '{"at":"2026-03-10 08:15:30 UTC"}'],
    ['Go', '{"at":"2026-03-10T08:15:30.25Z"}'],
    ['Jackson’s timestamps', '{"at":1773130530250}'],
    ['Jackson’s Instant', '{"at":1773130530.250000000}'],
    ['.NET’s "O"', '{"at":"2026-03-10T08:15:30.2500000Z"}'],
    ['JavaScriptSerializer', String.raw`{"at":"\/Date(1773130530250)\/"}`],
  ])('%s', (_, hashed) => {
    expect(found(hashed, body)).toEqual(reserialized);
  });
});

describe('numbers and enumerations of other libraries', () => {
  const values = '[1e15,0.00001,1.5e-7,1e16,123456789.125,1e25,2.5,100.0,-2.5e-9]';
  // Printed by Python’s json.dumps, Java’s Double.toString, Ruby’s to_json and PHP’s json_encode.
  test.each([
    ['Python', '[1000000000000000.0,1e-05,1.5e-07,1e+16,123456789.125,1e+25,2.5,100.0,-2.5e-09]'],
    ['Java', '[1.0E15,1.0E-5,1.5E-7,1.0E16,1.23456789125E8,1.0E25,2.5,100.0,-2.5E-9]'],
    ['Ruby', '[1.0e+15,1.0e-05,1.5e-07,1.0e+16,123456789.125,1.0e+25,2.5,100.0,-2.5e-09]'],
    ['PHP', '[1000000000000000,1.0e-5,1.5e-7,10000000000000000,123456789.125,1.0e+25,2.5,100,-2.5e-9]'],
  ])('floating-point numbers of %s', (_, printed) => {
    const root = parseJson(values);
    const texts = root ? [...rareSerializers(root, [])].map(({ text }) => text) : [];
    expect(texts).toContain(printed);
  });

  test.each([
    ['a float of single precision', '{"price":0.10000000149011612}', '{"price":0.1}'],
    ['17 digits of PHP', '{"price":0.10000000000000001}', '{"price":0.1}'],
    ['PHP’s JSON_NUMERIC_CHECK', '{"to":46700000001,"n":12,"f":1.5}', '{"to":"+46700000001","n":"12","f":"1.50"}'],
    ['numbers as strings', '{"count":"5"}', '{"count":5}'],
    ['an enumeration as its number', '{"kind":2,"text":"Hi"}', '{"kind":"phoneNumber","text":"Hi"}'],
    ['two enumerations as numbers', '{"kind":1,"voiceKind":0}', '{"kind":"text","voiceKind":"male"}'],
    ['C# by its defaults: PascalCase and numbers', '{"Kind":1,"Text":"Hi"}', '{"kind":"text","text":"Hi"}'],
    ['an enumeration in PascalCase', '{"kind":"PhoneNumber"}', '{"kind":"phoneNumber"}'],
    ['an enumeration in capitals', '{"voiceKind":"MALE"}', '{"voiceKind":"male"}'],
  ])('%s', (_, hashed, body) => {
    expect(found(hashed, body)).toEqual(reserialized);
  });
});

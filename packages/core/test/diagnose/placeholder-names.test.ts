import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { acsRequest, sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';

const connection = '401f3500-1b2c-4d5e-8f90-0123456789ab';
const play: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: `/calling/callConnections/${connection}:play`,
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"playSources":[{"kind":"text","text":{"text":"Press pound, please","sourceLocale":"en-US"}}],"playTo":[{"kind":"phoneNumber","phoneNumber":{"value":"+12065550123"}}]}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'JViE5vDor0Sw3WllZka15Q==',
};
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');

const targetSigned = (target: string, intent = play): Diagnosis =>
  diagnose(
    acsHmac,
    { secret: intent.secret },
    acsRequest(intent, (signing) => void (signing.target = target)),
    {
      now: intent.at,
    },
  );
const bodyHashed = (body: string): Diagnosis =>
  diagnose(
    acsHmac,
    { secret: play.secret },
    acsRequest(play, (signing) => void (signing.hash = sha256(body))),
    {
      now: play.at,
    },
  );
const ids = ({ verdict, mistakes }: Diagnosis): string => `${verdict} ${mistakes.map(({ id }) => id).join()}`;

describe('a placeholder is known by any name that people make of the parameter’s', () => {
  test.each([
    '{{connId}}',
    '{{CallId}}',
    '{{callID}}',
    '{{CONNECTION_ID}}',
    '{{CallConnectionID}}',
    ':connectionID',
    '${call_conn_id}',
    '{{serverCallId}}',
    '{{vault:callConnectionId}}',
    '{{ env.callConnectionId }}',
    '${process.env.CALL_CONNECTION_ID}',
    '$env:CALL_CONNECTION_ID',
    '{{.CallConnectionId}}',
    '$CONN_ID',
    '{0}',
    '{{acsCallId}}',
    '{{my_call_connection_id}}',
    '${req.params.callConnectionId}',
    '{self.call_connection_id}',
    '{{event.data.callConnectionId}}',
    '{{config.callId}}',
    '${{ secrets.CALL_CONNECTION_ID }}',
  ])('%s', (placeholder) => {
    const found = targetSigned(`/calling/callConnections/${placeholder}:play?api-version=2023-10-15`);
    expect(ids(found)).toBe('explained template/unresolved');
    expect(found.mistakes[0]?.summary).toContain(placeholder);
  });

  test('beside another one in the same target', () => {
    expect(ids(targetSigned('/calling/callConnections/{{connId}}:play?api-version={{version}}'))).toBe(
      'explained template/unresolved',
    );
    expect(ids(targetSigned('{{endpoint}}/calling/callConnections/{{connId}}:play?api-version=2023-10-15'))).toBe(
      'explained template/unresolved',
    );
  });

  test('beside the endpoint and the version', () => {
    expect(
      ids(targetSigned('{{endpoint}}/calling/callConnections/{{callConnectionId}}:play?api-version={{apiVersion}}')),
    ).toBe('explained template/unresolved');
    expect(ids(targetSigned(`{{ACS_ENDPOINT}}${play.path}?${play.query}`))).toBe('explained template/unresolved');
  });

  test('of another API as well', () => {
    for (const [path, signed] of [
      ['/calling/v1/conferences/id/c0ffee', '/calling/v1/conferences/id/{{confId}}'],
      [
        `/v1/configuration/callbacks/applications/${sinchKeyId}`,
        '/v1/configuration/callbacks/applications/{{app_key}}',
      ],
      ['/v1/calling/query/number/+46700002222', '/v1/calling/query/number/{{phone}}'],
      ['/verification/v1/verifications/id/1234567', '/verification/v1/verifications/id/{{verificationId}}'],
    ] as const) {
      const call: Intent = { ...play, method: 'GET', path, query: '', body: '' };
      const message = sinchRequest(call, (signing) => void (signing.target = signed));
      const found = diagnose(sinchApplication, { keyId: sinchKeyId, secret: call.secret }, message, { now: call.at });
      expect(ids(found)).toBe('explained template/unresolved');
    }
  });
});

describe('placeholders of the body are known by what their values are', () => {
  const replaced = (...pairs: [value: string, placeholder: string][]): string =>
    pairs.reduce((body, [value, placeholder]) => body.replace(`"${value}"`, `"${placeholder}"`), play.body);

  test.each([
    ['one', [['+12065550123', '{{to}}']]],
    ['one in another spelling', [['+12065550123', '{{targetPhoneNumber}}']]],
    ['one of a vault', [['Press pound, please', '{{vault:prompt}}']]],
    [
      'two, neither by its key',
      [
        ['Press pound, please', '{{message}}'],
        ['+12065550123', '{{callee}}'],
      ],
    ],
    [
      'two of two words each',
      [
        ['Press pound, please', '{{welcomeMessage}}'],
        ['+12065550123', '{{customerPhone}}'],
      ],
    ],
    [
      'two in capitals',
      [
        ['Press pound, please', '{{TEXT}}'],
        ['+12065550123', '{{PHONE}}'],
      ],
    ],
    [
      'two with underscores',
      [
        ['Press pound, please', '{{message_text}}'],
        ['+12065550123', '{{phone_number}}'],
      ],
    ],
    ['one in another mark', [['+12065550123', '#{phoneNumber}']]],
    ['one of GitHub’s', [['+12065550123', '${{ secrets.PHONE_NUMBER }}']]],
    [
      'three',
      [
        ['Press pound, please', '{{text}}'],
        ['en-US', '{{lang}}'],
        ['+12065550123', '{{to}}'],
      ],
    ],
  ] as [string, [string, string][]][])('%s', (_, pairs) => {
    const found = bodyHashed(replaced(...pairs));
    expect(ids(found)).toBe('explained template/unresolved');
    for (const [value, placeholder] of pairs) {
      expect(found.mistakes[0]?.summary).toContain(placeholder);
      expect(found.mistakes[0]?.summary).toContain(value);
    }
  });

  test('one whose name nobody can guess leaves the hash unexplained, and asks for --var', () => {
    const found = bodyHashed(replaced(['+12065550123', '{{xyzzy}}']));
    expect(ids(found)).toBe('explained content-hash/mismatch');
    expect(found.missing.map(({ option }) => option)).toEqual(['--var']);
    expect(found.missing[0]?.summary).not.toContain('{{$guid}}');
  });

  test('a word within a text is known as well', () => {
    const intent: Intent = { ...play, body: '{"message":"Dear Anna, your code is 4711"}' };
    for (const hashed of ['Dear {{name}}, your code is 4711', 'Dear Anna, your code is {{otp}}']) {
      const message = acsRequest(intent, (signing) => void (signing.hash = sha256(`{"message":"${hashed}"}`)));
      expect(ids(diagnose(acsHmac, { secret: intent.secret }, message, { now: intent.at }))).toBe(
        'explained template/unresolved',
      );
    }
  });

  test.each([
    ['1f0c7a52-8a8e-4d39-9e1b-8d1d7d2a3b4c', '{{$guid}}'],
    ['1f0c7a52-8a8e-4d39-9e1b-8d1d7d2a3b4c', '{{$randomUUID}}'],
    ['1716800887', '{{$timestamp}}'],
    ['2024-05-27T09:08:07.114Z', '{{$isoTimestamp}}'],
  ])('a dynamic one that was signed as it stands: %s for %s', (value, placeholder) => {
    const intent: Intent = { ...play, body: `{"operationContext":"${value}"}` };
    const message = acsRequest(intent, (signing) => {
      signing.hash = sha256(`{"operationContext":"${placeholder}"}`);
    });
    expect(ids(diagnose(acsHmac, { secret: intent.secret }, message, { now: intent.at }))).toBe(
      'explained template/unresolved',
    );
  });

  test('a dynamic one is said to be unknowable', () => {
    const intent: Intent = { ...play, body: '{"operationContext":"1f0c7a52-8a8e-4d39-9e1b-8d1d7d2a3b4c"}' };
    const message = acsRequest(intent, (signing) => {
      signing.hash = sha256('{"operationContext":"77777777-8a8e-4d39-9e1b-8d1d7d2a3b4c"}');
    });
    const found = diagnose(acsHmac, { secret: intent.secret }, message, { now: intent.at });
    expect(ids(found)).toBe('explained content-hash/mismatch');
    expect(found.missing[0]?.summary).toMatch(/\{\{\$guid\}\}.* cannot be known/);
  });
});

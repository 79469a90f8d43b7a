// What a stranger, or a developer's own program, may send within the server's limits, made to be as much work as it can.
// `requests` makes what is sent, at once or `inTurn`; `prepare`, if there is one, what has to be there before: its time is
// not measured. `lastsMs` is how long something may go on after the answer.

const version = 'api-version=2024-04-15';
const createPath = `/calling/callConnections?${version}`;
const calloutPath = '/calling/v1/callouts';
const json = ['Content-Type', 'application/json'];
const form = ['Content-Type', 'application/x-www-form-urlencoded'];
const plain = ['Content-Type', 'text/plain; charset=utf-8'];
/** Just below the limit of 1 MiB. */
const bodyBytes = 1_000_000;
/** Request line and headers may have 16 KiB. */
const headBytes = 15_000;

/** A text repeated to a length. */
const filled = (text, length) => text.repeat(Math.ceil(length / text.length)).slice(0, length);

const bodies = {
  form: [form, filled('key=a+b%20c%7E%2f&', bodyBytes)],
  text: [plain, filled('Ä word, "quoted"; and a line\r\n', bodyBytes / 1.1)],
  JSON: [
    json,
    JSON.stringify(Array.from({ length: 12_000 }, (_, at) => ({ id: at, price: 1.5, text: 'é/"ü"', a: [1, {}] }))),
  ],
  'deep JSON': [json, `${'['.repeat(bodyBytes / 2)}${']'.repeat(bodyBytes / 2)}`],
  percents: [form, filled('%25252B', bodyBytes)],
  'broken UTF-8': [plain, Buffer.alloc(bodyBytes, 0xc3)],
};

const wronglySigned = Object.entries(bodies).flatMap(([name, [type, body]]) => [
  {
    name: `wrongly signed ${name} of 1 MB, ACS`,
    requests: () => [{ path: createPath, headers: [type], body, sign: 'wrong-acs' }],
  },
  {
    name: `wrongly signed ${name} of 1 MB, Sinch`,
    requests: () => [{ path: calloutPath, headers: [type], body, sign: 'wrong-sinch' }],
  },
]);

const rightlySigned = Object.entries(bodies).map(([name, [type, body]]) => ({
  name: `rightly signed ${name} of 1 MB`,
  requests: () => [
    { path: createPath, headers: [type], body, sign: 'acs' },
    { path: calloutPath, headers: [type], body, sign: 'sinch' },
  ],
}));

const heads = [
  ['an Authorization of spaces', ['Authorization', `HMAC-SHA256 ${' '.repeat(headBytes)}x`]],
  ['an Authorization of separators', ['Authorization', `HMAC-SHA256 ${filled('SignedHeaders=;&', headBytes)}`]],
  ['an Authorization like a connection string', ['Authorization', `endpoint=${filled('; accesskey=', headBytes)}`]],
  ['an Authorization like base64', ['Authorization', `application ${filled('aA0+/', headBytes)}==`]],
  ['a Basic Authorization', ['Authorization', `Basic ${filled('OjpB', headBytes)}`]],
  ['a bearer token', ['Authorization', `Bearer ${filled('eyJ.', headBytes)}`]],
  ['a date of spaces', ['x-ms-date', `Mon, ${' '.repeat(headBytes)}27`]],
].map(([name, header]) => ({
  name: `${name}, 15 kB`,
  requests: () => [createPath, calloutPath].map((path) => ({ path, headers: [header, json], body: '{}' })),
}));

const targets = [
  ['a Host of 15 kB', { path: createPath, host: filled('a.b-', headBytes) }],
  ['a target of percents', { path: `/calling/callConnections/${filled('%25', headBytes - 100)}?${version}` }],
  ['a query of pairs', { path: `${createPath}&${filled('a=%2b&b+c=&', headBytes - 100)}` }],
  ['a path of dots and slashes', { path: `/calling${filled('/..//.', headBytes - 100)}` }],
  ['1,500 headers', { path: createPath, headers: Array.from({ length: 1_500 }, (_, at) => [`a${at}`, '1']) }],
].flatMap(([name, request]) => [
  { name: `${name}, wrongly signed`, requests: () => [{ ...request, sign: 'wrong-acs', body: '{}' }] },
]);

/** A Sinch call that is controlled by SVAML in the request, at a phone that answers at once. */
const svaml = (instructions, action) => ({
  path: calloutPath,
  headers: [json],
  sign: 'sinch',
  body: JSON.stringify({
    method: 'customCallout',
    customCallout: {
      cli: '+12065550150',
      destination: { type: 'number', endpoint: '+12065550110' },
      ace: JSON.stringify({ instructions, action }),
      enableDice: false,
    },
  }),
});
const menu = (optionAction) => ({
  name: 'runMenu',
  mainMenu: 'main',
  menus: [{ id: 'main', mainPrompt: '#tts[a]', options: [{ dtmf: '1', action: optionAction }] }],
});

/** Something played in a call of ACS, which is there before. */
const played = (name, source) => ({
  name,
  prepare: ({ acsCall }) => acsCall(),
  requests: ({ prepared: id, mediaUrl }) => [
    {
      path: `/calling/callConnections/${id}:play?${version}`,
      headers: [json],
      body: JSON.stringify({ playSources: [typeof source === 'function' ? source(mediaUrl) : source] }),
      sign: 'acs',
    },
  ],
});
const ssml = (text) => ({
  kind: 'ssml',
  ssml: {
    ssmlText: `<speak version="1.0" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-US">${text}</speak>`,
  },
});
const text = (words) => ({ kind: 'text', text: { text: words, voiceName: 'en-US-JennyNeural' } });
const file = (name) => (mediaUrl) => ({ kind: 'file', file: { uri: `${mediaUrl}/${name}` } });

const speech = [
  played('a prompt of 19,800 characters', text(filled('The quick brown fox jumps over the lazy dog. ', 19_800))),
  played('a prompt that is one word', text('a'.repeat(19_800))),
  played('a prompt of Chinese', text('漢'.repeat(19_800))),
  played('a prompt of combining marks', text(`e${'\u0301'.repeat(19_799)}`)),
  played('a prompt of digits', text('7'.repeat(19_800))),
  played('SSML of many elements', ssml(filled('<prosody rate="slow">a</prosody>', 19_200))),
  played('SSML nested deeply', ssml(`${'<prosody>'.repeat(1_000)}a${'</prosody>'.repeat(1_000)}`)),
  played('SSML of breaks', ssml(filled('<break time="5s"/>', 18_000))),
  played('SSML of entities', ssml(filled('&#x41;&amp;', 19_800))),
  played('a WAV file of 10 MB at 44.1 kHz', file('44100.wav')),
  played('a WAV file of 10 MB at 8 kHz', file('8000.wav')),
  played('an MP3 file of 10 MB', file('silence.mp3')),
  played('a file of 10 MB that is no audio', file('noise.bin')),
];

const menus = [
  {
    name: 'SVAML: 30,000 instructions',
    requests: () => [
      svaml(
        Array.from({ length: 30_000 }, () => ({ name: 'answer' })),
        { name: 'hangup' },
      ),
    ],
  },
  {
    name: 'SVAML: a prompt of say and 400,000 characters',
    requests: () => [svaml([{ name: 'say', text: 'word '.repeat(80_000) }], { name: 'hangup' })],
  },
  {
    name: 'a conference of 800, all kicked',
    prepare: async ({ sendAll }) => {
      const callout = {
        path: calloutPath,
        headers: [json],
        sign: 'sinch',
        body: JSON.stringify({
          method: 'conferenceCallout',
          conferenceCallout: {
            cli: '+12065550150',
            destination: { type: 'number', endpoint: '+12065550110' },
            conferenceId: 'crowd',
          },
        }),
      };
      await sendAll(Array.from({ length: 800 }, () => callout));
    },
    requests: () => [{ method: 'DELETE', path: '/calling/v1/conferences/id/crowd', sign: 'sinch' }],
  },
  {
    name: 'callbacks answered with 1 MB of JSON',
    prepare: ({ sendAll, answerUrl, application }) =>
      sendAll([
        {
          path: `/v1/configuration/callbacks/applications/${application}`,
          headers: [json],
          body: JSON.stringify({ url: { primary: answerUrl } }),
          sign: 'sinch',
        },
      ]),
    requests: () => [
      {
        path: calloutPath,
        headers: [json],
        sign: 'sinch',
        body: JSON.stringify({
          method: 'customCallout',
          customCallout: { cli: '+12065550150', destination: { type: 'number', endpoint: '+12065550110' } },
        }),
      },
    ],
  },
];

const bodiesOfOtherKinds = [
  {
    name: 'JSON of 1 MB as multipart',
    requests: () => [
      {
        path: createPath,
        headers: [['Content-Type', `multipart/form-data; boundary=${filled('-', 70)}`]],
        body: bodies.JSON[1],
        sign: 'acs',
      },
    ],
  },
  {
    name: 'a body of 1 MB that says gzip, wrongly signed',
    requests: () => [
      {
        path: createPath,
        headers: [json, ['Content-Encoding', 'gzip']],
        body: Buffer.alloc(bodyBytes, 0x1f),
        sign: 'wrong-acs',
      },
    ],
  },
  {
    name: 'a body of 8 MB, beyond the limit',
    requests: () => [{ path: createPath, headers: [json], body: Buffer.alloc(8_000_000, 0x20) }],
  },
  {
    name: 'a body of 1 MB to no route',
    requests: () => [{ path: '/elsewhere', headers: [form], body: bodies.percents[1] }],
  },
];

const repeated = (item, bytes = bodyBytes) => {
  const one = `${typeof item === 'string' ? item : JSON.stringify(item)},`;
  return filled(one, Math.floor(bytes / one.length) * one.length).slice(0, -1);
};
const numbered = (item, count) => Array.from({ length: count }, (_, at) => item(at)).join(',');
const called =
  '"targets":[{"kind":"phoneNumber","phoneNumber":{"value":"+12065550110"}}],"callbackUri":"http://127.0.0.1:9/"';
const callout = (ace) =>
  JSON.stringify({
    method: 'customCallout',
    customCallout: { cli: '+12065550150', destination: { type: 'number', endpoint: '+12065550110' }, ace },
  });

/** JSON that is much work for somebody: to parse, to check, to explain, or to find its mistake. */
const jsonBodies = {
  '100,000 members': `{${numbered((at) => `"k${at}":1`, 90_000)},${called}}`,
  '100,000 nulls': `{${numbered((at) => `"k${at}":null`, 70_000)},${called}}`,
  'the same member': `{${repeated('"callbackUri":null')}}`,
  'a long member': `{"${'k'.repeat(bodyBytes)}":1}`,
  'escapes in a text': `{"callbackUri":"${filled('\\u0025', bodyBytes)}"}`,
  'quotes in a text': `{"callbackUri":"${filled('\\"\\\\', bodyBytes)}"}`,
  numbers: `{"targets":[${repeated('1e9')}]}`,
  'empty objects': `{"targets":[${repeated('{}')}],"callbackUri":"http://127.0.0.1:9/"}`,
  'right items': `{"targets":[${repeated({ kind: 'phoneNumber', phoneNumber: { value: '+12065550110' } })}],"callbackUri":"http://127.0.0.1:9/"}`,
  'objects in objects': `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`,
  'an error at its end': `[${repeated('"a\\n"')},]`,
  'lines, and an error at the end': `[${filled('\n', bodyBytes)}x`,
  'a text without an end': `"${filled('a\\u0041', bodyBytes)}`,
  'white space': `${' '.repeat(bodyBytes)}{}`,
  digits: '1'.repeat(bodyBytes),
};
const otherJson = Object.entries(jsonBodies).flatMap(([name, body]) =>
  [
    ['ACS', createPath, 'acs'],
    ['Sinch', calloutPath, 'sinch'],
    ['control', '/_control/faults', undefined],
  ].map(([whose, path, sign]) => ({
    name: `JSON of 1 MB: ${name}, ${whose}`,
    requests: () => [{ path, headers: [json], body, sign }],
  })),
);

const id = '00000000-0000-4000-8000-000000000000';
const acsOperations = [
  '',
  ':answer',
  ':redirect',
  ':reject',
  ':connect',
  ...'transferToParticipant play cancelAllMediaOperations recognize startContinuousDtmfRecognition sendDtmfTones hold unhold startTranscription updateTranscription startMediaStreaming'
    .split(' ')
    .map((name) => `/${id}:${name}`),
  ...['add', 'remove', 'mute', 'cancelAddParticipant'].map((name) => `/${id}/participants:${name}`),
];
const sinchOperations = [
  ['POST', calloutPath],
  ['PATCH', `/calling/v1/calls/id/${id}`],
  ['PATCH', `/calling/v1/calls/id/${id}/leg/caller`],
  ['PATCH', '/calling/v1/conferences/id/room/1'],
  ['POST', `/v1/configuration/callbacks/applications/${id}`],
  ['POST', '/v1/configuration/numbers'],
];
const controlOperations = [
  ['PUT', '/phones/+12065550110'],
  ['POST', '/phones/+12065550110/say'],
  ['POST', '/phones/+12065550110/dial'],
  ['POST', '/phones/+12065550110/press'],
  ['POST', '/faults'],
  ['POST', '/clock/advance'],
];
const everyRoute = ['JSON', 'percents'].flatMap((kind) => {
  const [type, body] = bodies[kind];
  const requests = {
    ACS: acsOperations.map((path) => ({ path: `/calling/callConnections${path}?${version}`, sign: 'acs' })),
    Sinch: sinchOperations.map(([method, path]) => ({ method, path, sign: 'sinch' })),
    'the control API': controlOperations.map(([method, path]) => ({ method, path: `/_control${path}` })),
  };
  return Object.entries(requests).map(([whose, list]) => ({
    name: `${kind} of 1 MB to every route of ${whose}, one after the other`,
    inTurn: true,
    requests: () => list.map((request) => ({ ...request, headers: [type], body })),
  }));
});

const crowds = [
  {
    name: 'wrongly signed forms of 1 MB, eight at once',
    requests: () =>
      Array.from({ length: 8 }, (_, at) => ({
        path: `${createPath}&at=${at}`,
        headers: [form],
        body: bodies.form[1],
        sign: 'wrong-acs',
      })),
  },
  {
    name: 'unsigned percents of 1 MB, eight at once',
    requests: () =>
      Array.from({ length: 8 }, (_, at) => ({ path: `/elsewhere/${at}`, headers: [form], body: bodies.percents[1] })),
  },
  {
    name: 'rightly signed JSON of 1 MB, eight at once',
    requests: () =>
      Array.from({ length: 8 }, () => ({ path: createPath, headers: [json], body: bodies.JSON[1], sign: 'acs' })),
  },
];

/** What the control API shows of much that came before. */
const views = [
  ['texts full of escapes', filled('\u0001"\\', bodyBytes)],
  ['bytes', Buffer.alloc(bodyBytes, 0xc3)],
].flatMap(([name, body]) => {
  const prepare = async ({ exchangeIds }) => exchangeIds({ path: createPath, headers: [plain], body, sign: 'acs' }, 20);
  return [
    {
      name: `the list of exchanges with ${name} of 1 MB`,
      prepare,
      requests: () => [{ method: 'GET', path: '/_control/exchanges?limit=1000' }],
    },
    {
      name: `an exchange with ${name} of 1 MB`,
      prepare,
      requests: ({ prepared }) =>
        prepared.slice(-1).map((one) => ({ method: 'GET', path: `/_control/exchanges/${one}` })),
    },
    {
      name: `20 exchanges with ${name} of 1 MB, all at once`,
      prepare,
      requests: ({ prepared }) => prepared.map((one) => ({ method: 'GET', path: `/_control/exchanges/${one}` })),
    },
    {
      name: `20 raw exchanges with ${name} of 1 MB, all at once`,
      prepare,
      requests: ({ prepared }) => prepared.map((one) => ({ method: 'GET', path: `/_control/exchanges/${one}/raw` })),
    },
  ];
});

/** Calls whose histories are long, and callbacks with long bodies. */
const longHistories = [
  ['the list of callbacks', '/callbacks?limit=1000'],
  ['the list of calls', '/calls?limit=1000'],
  ['a call', undefined],
].map(([name, path]) => ({
  name: `${name} after 30 prompts of 19 kB`,
  prepare: ({ longCall }) => longCall(),
  requests: ({ prepared }) => [{ method: 'GET', path: `/_control${path ?? `/calls/${prepared}`}` }],
}));

const sinchCallbacks = [
  ['1 MB of other JSON', 'other'],
  ['1 MB of prompts', 'prompts'],
  ['deep JSON', 'deep'],
  ['1 MB of percents', 'percents'],
].map(([name, answer]) => ({
  name: `callbacks answered with ${name}`,
  prepare: ({ sendAll, answerUrl, application }) =>
    sendAll([
      {
        path: `/v1/configuration/callbacks/applications/${application}`,
        headers: [json],
        body: JSON.stringify({ url: { primary: `${answerUrl}/${answer}` } }),
        sign: 'sinch',
      },
    ]),
  requests: () => [{ path: calloutPath, headers: [json], sign: 'sinch', body: callout(undefined) }],
}));

const longSvaml = [
  ['instructions that say', Array.from({ length: 20_000 }, () => ({ name: 'say', text: 'a' }))],
  ['cookies', Array.from({ length: 15_000 }, (_, at) => ({ name: 'setCookie', key: `k${at}`, value: '1' }))],
  ['play files', Array.from({ length: 15_000 }, () => ({ name: 'playFiles', ids: ['#tts[a]'] }))],
  ['tones', Array.from({ length: 12_000 }, () => ({ name: 'sendDtmf', value: '1w#' }))],
].map(([name, instructions]) => ({
  name: `SVAML: 1 MB of ${name}`,
  requests: () => [svaml(instructions, { name: 'hangup' })],
}));

const moreMenus = [
  {
    name: 'SVAML: a menu of 400 kB',
    requests: () => [
      svaml([], {
        name: 'runMenu',
        mainMenu: 'm0',
        menus: Array.from({ length: 6_000 }, (_, at) => ({
          id: `m${at}`,
          mainPrompt: '#tts[a]',
          options: [{ dtmf: '1', action: `menu(m${at + 1})` }],
        })),
      }),
    ],
  },
];

/** Arrays and texts of ACS operations in a call that is there. */
const inCalls = [
  ['many sources to play', 'play', { playSources: Array.from({ length: 20_000 }, () => text('a')) }],
  [
    'tones to send',
    'sendDtmfTones',
    {
      tones: Array.from({ length: 130_000 }, () => 'one'),
      targetParticipant: { kind: 'phoneNumber', phoneNumber: { value: '+12065550110' } },
    },
  ],
  [
    'choices to recognize',
    'recognize',
    {
      recognizeInputType: 'choices',
      recognizeOptions: {
        targetParticipant: { kind: 'phoneNumber', phoneNumber: { value: '+12065550110' } },
        choices: Array.from({ length: 15_000 }, (_, at) => ({ label: `l${at}`, phrases: [`p${at}`], tone: 'one' })),
      },
    },
  ],
].map(([name, operation, body]) => ({
  name: `1 MB of ${name}`,
  prepare: ({ acsCall }) => acsCall(),
  requests: ({ prepared }) => [
    {
      path: `/calling/callConnections/${prepared}:${operation}?${version}`,
      headers: [json],
      body: JSON.stringify(body),
      sign: 'acs',
    },
  ],
}));

/** What goes on in a call after the answer: a phone is called, and answers, and is spoken to. */
const inCall = (inputs) => inputs.map((input) => ({ ...input, lastsMs: 1_500 }));

/** @type {readonly { name: string, inTurn?: boolean, lastsMs?: number, prepare?: (tools: any) => Promise<unknown>, requests: (setting: any) => any[] }[]} */
export const hostileInputs = [
  ...wronglySigned,
  ...rightlySigned,
  ...bodiesOfOtherKinds,
  ...heads,
  ...targets,
  ...inCall([...menus, ...speech, ...sinchCallbacks, ...longSvaml, ...moreMenus, ...inCalls]),
  ...otherJson,
  ...everyRoute,
  ...crowds,
  ...views,
  ...longHistories,
  // Last, because a server whose patterns are not linear does not come back from it.
  {
    name: 'SVAML: menu( and 800,000 spaces',
    lastsMs: 1_500,
    requests: () => [svaml([], menu(`menu(${' '.repeat(800_000)}`))],
  },
];

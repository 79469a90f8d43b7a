import type { NewmanRunOptions } from 'newman';
import type { Language } from './language.ts';

/** The requests of both providers, as they stand in a collection: with variables in URL and body. */
const requests = {
  Acs: {
    url: '{{endpoint}}/calling/callConnections/{{callConnectionId}}:play?api-version=2023-10-15',
    raw: '{\n  "playSources": [\n    { "kind": "text", "text": { "text": "{{text}}", "sourceLocale": "en-US", "voiceKind": "male" } }\n  ]\n}\n',
  },
  Sinch: {
    url: '{{endpoint}}/calling/v1/callouts',
    raw: '{"method":"ttsCallout","ttsCallout":{"cli":"+12065550150","destination":{"type":"number","endpoint":"{{number}}"},"text":"Hi"}}',
  },
};

/** That of any other scheme. */
function further(scheme: string): { readonly url: string; readonly raw: string } {
  const raw = '{"text":"Grüße","tags":["a","b"],"none":""}';
  return { url: `{{endpoint}}/as/${scheme}/a1%20b2?b=2&a=%C3%A9%20x`, raw };
}

function itemOf(name: string, script: string): unknown {
  const [, scheme] = /^\/\/ scheme (.*)$/m.exec(script) ?? [];
  const { url, raw } = scheme === undefined ? requests[name.startsWith('Acs') ? 'Acs' : 'Sinch'] : further(scheme);
  const header = [
    { key: 'Content-Type', value: 'application/json' },
    { key: 'x-case', value: name },
  ];
  return {
    name,
    event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: script.split('\n') } }],
    request: { method: 'POST', header, url, body: { mode: 'raw', raw } },
  };
}

/** Pre-request scripts, each of a request of its own, in one run of newman: Postman's own machinery. */
export const postman: Language = {
  name: 'postman',
  extension: 'postman.js',
  commands: [],
  isSlow: true,
  run: async (_, programs, env) => {
    const { default: newman } = await import('newman');
    const item = [...programs].map(([name, script]) => itemOf(name, script));
    const values = {
      endpoint: env['ENDPOINT'],
      callConnectionId: env['CALL'],
      connectionString: env['CONNECTION_STRING'],
      key: env['SIGNING_SECRET'],
      keyId: env['KEY_ID'],
      applicationSecret: env['SINCH_SECRET'],
      number: '+14255550123',
      text: 'Hello',
    };
    const collection = { info: { name: 'programs' }, item } as unknown as NewmanRunOptions['collection'];
    const envVar = Object.entries(values).map(([key, value = '']) => ({ key, value }));
    return new Promise((resolve, reject) => {
      newman.run({ collection, envVar }, (error, summary) => {
        if (error) reject(error);
        else resolve(summary.run.failures.map((failure) => String(failure.error.message)).join('\n'));
      });
    });
  },
};

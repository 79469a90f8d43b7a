import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAudioThreads } from '../../src/audio/audio-threads.ts';
import { decodeAudio } from '../../src/audio/decode.ts';
import { createDownload, type DownloadLimits } from '../../src/audio/download.ts';
import { mediaIdOf } from '../../src/audio/media-id.ts';
import { encodeMp3 } from '../../src/audio/mp3.ts';
import { durationMs } from '../../src/audio/pcm.ts';
import { tone } from '../../src/audio/tones.ts';
import { encodeWav } from '../../src/audio/wav.ts';

const sound = tone([1000], 500);
const threads = createAudioThreads();
afterAll(() => threads.close());
const fetchFile = (uri: string, limits?: DownloadLimits) => createDownload({ decode: threads.decode }, limits)(uri);
let server: Server;
let base: string;

beforeAll(async () => {
  const wav = encodeWav(sound);
  const mp3 = await encodeMp3(sound);
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0];
    // The wrong Content-Type is on purpose: storage services often send it.
    if (path === '/sound.wav') response.setHeader('content-type', 'application/octet-stream').end(wav);
    else if (path === '/sound.mp3') response.setHeader('content-type', 'text/plain').end(mp3);
    else if (path === '/moved') response.writeHead(302, { location: '/sound.wav' }).end();
    else if (path === '/loop') response.writeHead(302, { location: '/loop' }).end();
    else if (path === '/page') response.setHeader('content-type', 'text/html').end('<!doctype html>');
    else if (path === '/broken.wav') response.end('RIFF....WAVEfmt ');
    else if (path === '/endless') endless(response);
    else if (path === '/hangs') response.write('RIFF');
    else if (path === '/breaks') response.destroy();
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function endless(response: NodeJS.WritableStream): void {
  const more = (): void => {
    while (response.writable && response.write(Buffer.alloc(65_536)));
  };
  response.on('drain', more);
  more();
}

describe('fetching a recording', () => {
  it.each(['/sound.wav', '/moved', '/sound.wav?sv=2024&sig=abc'])('plays the WAV at %s', async (path) => {
    expect(await fetchFile(base + path)).toEqual({ ok: true, pcm: sound, media: mediaIdOf(sound) });
  });

  it('plays an MP3, whatever its Content-Type says', async () => {
    const fetched = await fetchFile(`${base}/sound.mp3`);
    expect(fetched.ok && durationMs(fetched.pcm)).toBeGreaterThanOrEqual(500);
  });

  it.each([
    ['/missing', 'download', /answered with status 404/],
    ['/breaks', 'download', /could not be fetched/],
    ['/loop', 'download', /could not be fetched: redirect count exceeded/],
    ['/endless', 'download', /larger than 100000 bytes/],
    ['/hangs', 'download', /no complete answer within 200 ms/],
    ['/page', 'format', /neither WAV nor MP3 \(15 bytes, text\/html\)/],
    ['/broken.wav', 'format', /no fmt chunk/],
  ])('says of %s that the %s failed', async (path, reason, detail) => {
    const fetched = await fetchFile(base + path, {
      maxBytes: 100_000,
      ...(path === '/hangs' && { timeoutMs: 200 }),
    });
    expect(fetched).toEqual({ ok: false, reason, detail: expect.stringMatching(detail) });
  });

  it.each([
    ['prompt.wav', /not an absolute URL/],
    ['file:///etc/passwd', /scheme file: but only http: and https:/],
    ['data:audio/wav;base64,UklGRg==', /scheme data:/],
    ['http://user:hunter2@localhost/a.wav', /user name or password/],
  ])('does not fetch %s', async (uri, detail) => {
    const fetched = await fetchFile(uri);
    expect(fetched).toEqual({ ok: false, reason: 'download', detail: expect.stringMatching(detail) });
    expect(JSON.stringify(fetched)).not.toContain('hunter2');
  });

  it('says where nobody listens, and keeps the query, which may hold a secret, to itself', async () => {
    const fetched = await fetchFile('http://127.0.0.1:9/a.wav?sig=secret');
    expect(fetched).toEqual({
      ok: false,
      reason: 'download',
      detail: expect.stringContaining('http://127.0.0.1:9/a.wav'),
    });
    expect(JSON.stringify(fetched)).not.toContain('secret');
  });

  it('refuses audio that is too long', async () => {
    const fetched = await fetchFile(`${base}/sound.wav`, { maxSeconds: 0.4 });
    expect(fetched).toEqual({ ok: false, reason: 'format', detail: expect.stringMatching(/at most 0\.4 s/) });
  });
});

describe('telling WAV from MP3', () => {
  it.each<[bytes: number[], kind: 'wav' | 'mp3' | undefined]>([
    [[...Buffer.from('RIFF\0\0\0\0WAVE')], 'wav'],
    [[...Buffer.from('RIFF\0\0\0\0AVI ')], undefined],
    [[...Buffer.from('ID3')], 'mp3'],
    [[0xff, 0xfb, 0x90, 0x64], 'mp3'],
    [[0xff, 0xf3, 0x88, 0xc4], 'mp3'],
    [[0xff, 0xf1, 0x50, 0x80], undefined], // AAC in ADTS
    [[...Buffer.from('OggS')], undefined],
    [[], undefined],
  ])('%j is %s', async (bytes, kind) => {
    const decoded = await decodeAudio(Uint8Array.from(bytes), 1);
    // None of them is a whole file: what it is taken for shows in what is missed in it.
    const missed = { wav: /^(?!neither).*WAV/, mp3: /^(?!neither)(?!.*WAV)/ };
    const problem = kind ? missed[kind] : /^neither WAV nor MP3$/;
    expect(decoded).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });
});

import { serveJobs } from '../threads/serve-jobs.ts';
import type { AudioResult, AudioWork } from './audio-work.ts';
import { decodeAudio } from './decode.ts';
import { encodeMp3 } from './mp3.ts';
import { askForPieces } from './piece-port.ts';

serveJobs<AudioWork, AudioResult>(async (work) => {
  if (work.kind === 'encode-mp3') {
    const mp3 = await encodeMp3(askForPieces(work.port), work.kbps);
    return { result: mp3, transfer: [mp3.buffer] };
  }
  const decoded = await decodeAudio(work.bytes, work.maxSeconds);
  return { result: decoded, transfer: decoded.ok ? [decoded.samples.buffer] : [] };
});

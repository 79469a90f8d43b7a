// oxlint-disable-next-line import/default -- the bundler makes it
import workletAddress from './microphone-worklet.ts?worker&url';
import { frameLength, wireRate } from './pcm-frames.ts';

/** Somebody who speaks may be heard so far behind; what they say is left out until they are no longer. Milliseconds. */
const mostBehindMs = 500;
/** So far behind they are then, beside what the network takes. */
const usuallyBehindMs = 200;
/** What may wait in the browser to be sent: a second. Bytes. */
const mostUnsentBytes = wireRate * 2;

/** Why nothing can be said, in words for people. */
class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError';
}

/** What a microphone tells. */
export interface MicrophoneEvents {
  /** How loud it is, from 0 to 1, fifty times a second. */
  readonly onLevel: (peak: number) => void;
  /** Nothing more is said: the server ended it, for a reason in words. */
  readonly onEnded: (reason: string) => void;
}

/**
 * Speaks into a phone: what the microphone hears goes over a WebSocket of the control API.
 *
 * @param url the phone's `…/microphone`, relative to the page
 * @returns what stops it
 * @throws MicrophoneError when there is no microphone, it may not be used, or the server refuses it
 */
export async function openMicrophone(url: string, { onLevel, onEnded }: MicrophoneEvents): Promise<() => void> {
  const sound = await askForMicrophone();
  const context = new AudioContext();
  const stopped = new AbortController();
  const stop = (): void => {
    stopped.abort();
    for (const track of sound.getTracks()) track.stop();
    if (context.state !== 'closed') void context.close();
  };
  try {
    await Promise.all([context.resume(), context.audioWorklet.addModule(workletAddress)]);
    const socket = await openSocket(url);
    stopped.signal.addEventListener('abort', () => socket.close());
    const ended = ({ reason }: CloseEvent): void => {
      stop();
      onEnded(reason);
    };
    socket.addEventListener('close', ended, { signal: stopped.signal });
    const pulledOut = (): void => {
      stop();
      onEnded('this machine’s microphone is gone');
    };
    for (const track of sound.getTracks()) track.addEventListener('ended', pulledOut, { signal: stopped.signal });
    const frames = new AudioWorkletNode(context, 'microphone-frames', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    });
    sendFrames(frames.port, socket, onLevel);
    new MediaStreamAudioSourceNode(context, { mediaStream: sound }).connect(frames);
  } catch (error) {
    stop();
    throw error;
  }
  return stop;
}

/** Sends frames, and leaves some out when what was sent before is heard too late. */
function sendFrames(frames: MessagePort, socket: WebSocket, onLevel: (peak: number) => void): void {
  let toLeaveOut = 0;
  socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
    const { waitingMs } = JSON.parse(data) as { waitingMs: number };
    if (waitingMs > mostBehindMs) toLeaveOut = ((waitingMs - usuallyBehindMs) * wireRate) / 1000;
  });
  frames.addEventListener('message', ({ data }: MessageEvent<ArrayBuffer>) => {
    const frame = new Int16Array(data);
    let peak = 0;
    for (const sample of frame) peak = Math.max(peak, Math.abs(sample));
    onLevel(peak / 32_768);
    if (toLeaveOut > 0) toLeaveOut -= frameLength;
    else if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < mostUnsentBytes) socket.send(frame);
  });
  frames.start();
}

/** Without what browsers do so that people understand each other better: what is said is what is to be heard. */
const wish: MediaTrackConstraints = { echoCancellation: true, noiseSuppression: false, autoGainControl: false };

async function askForMicrophone(): Promise<MediaStream> {
  // Only in a secure context is there anything to ask.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) {
    throw new MicrophoneError(
      'Browsers give the microphone only to pages from localhost or over https: open the console there, or start the server with --tls.',
    );
  }
  try {
    return await devices.getUserMedia({ audio: wish });
  } catch (error) {
    const { name, message } = error as DOMException;
    if (name === 'NotAllowedError') {
      throw new MicrophoneError(
        'This page may not use the microphone. Allow it in the browser’s address bar, and try again.',
      );
    }
    throw new MicrophoneError(
      name === 'NotFoundError' ? 'This machine has no microphone.' : `The microphone cannot be used: ${message}`,
    );
  }
}

function openSocket(url: string): Promise<WebSocket> {
  const address = new URL(url, location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address);
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(socket), { once: true });
    // Browsers do not tell pages what a server answers in place of a WebSocket.
    const refused = (): void =>
      reject(new MicrophoneError('The server does not take the microphone: the phone may have hung up.'));
    socket.addEventListener('close', refused, { once: true });
  });
}

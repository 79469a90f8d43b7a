import { effect, signal } from '@preact/signals';
import { ringingLines } from './claimed-phones.ts';
import { soundContext } from './sound.ts';

const storageKey = 'countersign.ringing';

/** Whether ringing phones are heard. Remembered in this browser. */
export const ringsAloud = signal(localStorage.getItem(storageKey) !== 'silent');

/** Chooses whether ringing phones are heard. */
export function setRingsAloud(aloud: boolean): void {
  ringsAloud.value = aloud;
  localStorage.setItem(storageKey, aloud ? 'aloud' : 'silent');
}

/** Rings while a claimed phone rings. Returns a function that stops it. */
export function startRinger(): () => void {
  let stopRinging: (() => void) | undefined;
  return effect(() => {
    const rings = ringsAloud.value && ringingLines.value.length > 0;
    if (rings) stopRinging ??= ring();
    else {
      stopRinging?.();
      stopRinging = undefined;
    }
  });
}

/** The North American ringing tone: 440 and 480 Hz, two seconds of six. */
function ring(): () => void {
  const ringing = soundContext();
  void ringing.resume();
  const volume = ringing.createGain();
  volume.gain.value = 0;
  volume.connect(ringing.destination);
  const tones = [440, 480].map((frequency) => {
    const tone = ringing.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start();
    return tone;
  });
  const burst = (): void => {
    const now = ringing.currentTime;
    volume.gain.setTargetAtTime(0.08, now, 0.02);
    volume.gain.setTargetAtTime(0, now + 2, 0.02);
  };
  burst();
  const timer = setInterval(burst, 6000);
  return () => {
    clearInterval(timer);
    for (const tone of tones) tone.stop();
    volume.disconnect();
  };
}

// A scan's answer for who looks at the device and not at the screen.
import { signal } from "@preact/signals";
import { recall, remember } from "../words/remembered";
import type { Tone } from "./announcer";

export const isOn = signal(recall("sound") !== "off");

export function turn(on: boolean): void {
  isOn.value = on;
  remember("sound", on ? "on" : "off");
}

// Frequencies in Hz, one after the other: rising is good, falling is bad.
const tunes: Record<Tone, number[]> = { good: [880, 1320], wait: [660], warn: [660, 660], bad: [330, 220, 220] };
let audio: AudioContext | null = null;

/** Plays the sound of an answer. */
export function play(tone: Tone): void {
  if (!isOn.value) return;
  audio ??= new AudioContext();
  const context = audio;
  void context.resume();
  tunes[tone].forEach((frequency, at) => {
    const begin = context.currentTime + at * 0.12;
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    volume.gain.setValueAtTime(0.15, begin);
    volume.gain.exponentialRampToValueAtTime(0.001, begin + 0.11);
    oscillator.frequency.value = frequency;
    oscillator.connect(volume).connect(context.destination);
    oscillator.start(begin);
    oscillator.stop(begin + 0.12);
  });
}

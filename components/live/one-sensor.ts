import { openStream } from '../../lib/browser/open-stream.ts'
import type { ReadingsSourceOptions } from './readings-source.ts'

/** Makes a source read the readings of one sensor alone. */
export function oneSensor(id: number): ReadingsSourceOptions {
  return {
    // One sensor has few readings, however many others there are.
    countSensors: () => Promise.resolve('absent'),
    openStream: (reader) =>
      openStream({ ...reader, query: { ...reader.query, filters: [['id', `eq.${id}`]] } }),
  }
}

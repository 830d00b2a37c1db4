import { crc32, gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SseChunk } from './chunk.ts'
import { acceptsGzip, createGzip } from './coding.ts'
import { Checksum } from './crc32.ts'

test('the checksum of parts is that of the whole', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), (parts) => {
      const combined = parts.reduce((crc, part) => new Checksum(part).after(crc), 0)
      expect(combined).toBe(crc32(Buffer.concat(parts)))
    }),
  )
})

test('any events, each compressed once, are a true gzip stream for every client that was sent some of them', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.boolean(), fc.boolean())), (events) => {
      const chunks = events.map(([text, ...sent]) => ({ chunk: new SseChunk(text), sent }))
      for (const client of [0, 1]) {
        const coding = createGzip()
        const mine = chunks.filter(({ sent }) => sent[client]).map(({ chunk }) => chunk)
        const parts = [coding.begin(), ...mine.map((chunk) => coding.encode(chunk)), coding.end()]
        const stream = Buffer.concat(parts.flatMap((part) => part?.bytes ?? []))
        expect(gunzipSync(stream).equals(Buffer.concat(mine.map(({ plain }) => plain.bytes)))).toBe(true)
      }
    }),
  )
})

test.each([
  ['gzip, deflate, br', true],
  ['br;q=1.0, gzip;q=0.8, *;q=0.1', true],
  ['*', true],
  ['gzip;q=0', false],
  ['*;q=0', false],
  ['identity', false],
  ['', false],
  [null, false],
])('Accept-Encoding %j: %s', (header, accepts) => expect(acceptsGzip(header)).toBe(accepts))

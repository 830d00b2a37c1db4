import fc from 'fast-check'
import { expect, test } from 'vitest'
import { int16, int32, message, text } from './bytes.ts'
import { type FrontendMessage, FrontendParser, ProtocolError } from './frontend.ts'

const startup = (...pairs: string[]): Buffer => {
  const body = Buffer.concat([int32(196608), ...pairs.map(text), Buffer.from([0])])
  return Buffer.concat([int32(body.length + 4), body])
}
const query = (sql: string): Buffer => message('Q', text(sql))

function parseAll(chunks: Iterable<Buffer>, parser = new FrontendParser()): FrontendMessage[] {
  return Array.from(chunks).flatMap((chunk) => [...parser.push(chunk)])
}

const CONVERSATION = Buffer.concat([
  Buffer.concat([int32(8), int32(80877103)]),
  startup('user', 'materialize', 'database', 'materialize'),
  query('SELECT 1'),
  message('P', text('s'), text('SELECT $1'), int16(1), int32(23)),
  message(
    'B',
    text(''),
    text('s'),
    int16(1),
    int16(0),
    int16(2),
    int32(2),
    Buffer.from('42'),
    int32(-1),
    int16(0),
  ),
  message('D', Buffer.from('P'), text('')),
  message('E', text(''), int32(0)),
  message('C', Buffer.from('S'), text('s')),
  message('H'),
  message('S'),
  message('d', Buffer.from('1\tx\n')),
  message('f', text('no')),
  message('c'),
  message('X'),
])

test('reads every message of a conversation', () => {
  expect(parseAll([CONVERSATION]).map(({ kind }) => kind)).toEqual([
    'encryption',
    'startup',
    'query',
    'parse',
    'bind',
    'describe',
    'execute',
    'close',
    'flush',
    'sync',
    'copyData',
    'copyFail',
    'copyDone',
    'terminate',
  ])
})

test('gives the same messages however the bytes were split', () => {
  const whole = parseAll([CONVERSATION])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: CONVERSATION.length - 1 })), (cuts) => {
      const places = [0, ...cuts.sort((a, b) => a - b), CONVERSATION.length]
      const chunks = places.slice(1).map((end, index) => CONVERSATION.subarray(places[index], end))
      expect(parseAll(chunks)).toEqual(whole)
    }),
  )
})

test('reads a large message that arrives byte by byte, and what follows it', () => {
  const long = query(`SELECT '${'x'.repeat(200_000)}'`)
  const bytes = Buffer.concat([startup(), long, message('S')])
  const chunks = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
    bytes.subarray(i * 7, i * 7 + 7),
  )
  expect(parseAll(chunks).map(({ kind }) => kind)).toEqual(['startup', 'query', 'sync'])
})

test('refuses random bytes with its own error, and never another', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 200 }), fc.boolean(), (bytes, started) => {
      const parser = new FrontendParser()
      if (started) parseAll([startup()], parser)
      try {
        parseAll([Buffer.from(bytes)], parser)
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError)
      }
    }),
  )
})

test('hands out the messages before a bad one', () => {
  const parser = new FrontendParser()
  const seen: string[] = []
  expect(() => {
    for (const { kind } of parser.push(Buffer.concat([startup(), message('S'), Buffer.from('?????')]))) {
      seen.push(kind)
    }
  }).toThrow(ProtocolError)
  expect(seen).toEqual(['startup', 'sync'])
})

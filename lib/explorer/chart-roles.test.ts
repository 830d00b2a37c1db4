import { describe, expect, test } from 'vitest'
import type { Column } from '../protocol/events.ts'
import type { Row } from '../protocol/row.ts'
import { chooseRoles, guessRoles } from './chart-roles.ts'

const columns = (text: string): Column[] =>
  text.split(', ').map((one) => {
    const [name = '', ...type] = one.split(' ')
    return { name, type: type.join(' ') }
  })
const guess = (text: string, ...rows: Row[]) => guessRoles(columns(text), rows)
const nowS = 1_795_517_600

describe('the columns of a chart are guessed', () => {
  test('for the readings of the demo: seconds, id, and what is measured, not where', () => {
    expect(
      guess(
        'geo_lat double precision, id integer, pm25 double precision, pm10 double precision, timestamp double precision',
        { id: 1, pm25: 3, pm10: 4, geo_lat: 48, timestamp: nowS + 0.25 },
      ),
    ).toEqual({ time: 'timestamp', key: 'id', values: ['pm25'] })
  })

  test('for one row a second: all values of one sort', () => {
    expect(
      guess(
        'second double precision, readings integer, pm25_min double precision, pm25_max double precision, pm10_min double precision',
        {
          second: nowS,
        },
      ),
    ).toEqual({ time: 'second', key: undefined, values: ['pm25_min', 'pm25_max'] })
  })

  test('for a machine', () => {
    expect(guess('host text, timestamp double precision, load_1m double precision')).toEqual({
      time: 'timestamp',
      key: 'host',
      values: ['load_1m'],
    })
  })

  test('by the type of a timestamp, whatever its name', () => {
    expect(guess('made timestamp with time zone, price numeric, symbol text')).toEqual({
      time: 'made',
      key: 'symbol',
      values: ['price'],
    })
  })

  test('by the numbers themselves: milliseconds as text are a time, 12 o’clock is none', () => {
    expect(guess('event_time bigint, v integer', { event_time: `${nowS}123` }).time).toBe('event_time')
    expect(guess('time integer, v integer', { time: 12 }).time).toBeUndefined()
  })

  test('without any time: by the stream’s own', () => {
    expect(guess('name text, balance bigint')).toEqual({ time: undefined, key: 'name', values: ['balance'] })
  })

  test('for a log, whose rows are numbered as they come: one line, and not one for each row', () => {
    const log = 'id bigint, at timestamp with time zone, amount numeric'
    const rows = [3, 1, 2, 5, 4].map((id) => ({
      id: `900719925474099${id}`,
      at: `2026-11-24T10:00:0${id}Z`,
      amount: '1',
    }))
    expect(guess(log, ...rows)).toEqual({ time: 'at', key: undefined, values: ['amount'] })
    // The last row of each key has its time for itself, too, but not in the order of the keys.
    const latest = rows.map((row, index) => ({ ...row, at: `2026-11-24T10:00:0${index}Z` }))
    expect(guess(log, ...latest).key).toBe('id')
    // Of one thing there may be a history before there are others.
    expect(guess(log, ...rows.map((row) => ({ ...row, id: '1' }))).key).toBe('id')
  })

  test('a relation without numbers has nothing to draw', () => {
    expect(guess('id integer, title text')).toEqual({ time: undefined, key: 'id', values: [] })
    expect(guess('')).toMatchObject({ values: [] })
  })
})

test('what the reader chose goes before what was guessed, as long as it is there', () => {
  const all = columns('id integer, a integer, b integer, at timestamp')
  const guessed = { time: 'at', key: 'id', values: ['a'] }
  expect(chooseRoles({ values: ['b'], key: '', time: null }, guessed, all)).toEqual({
    time: 'at',
    key: undefined,
    values: ['b'],
  })
  expect(chooseRoles({ values: ['gone', 'at'], key: 'gone', time: '' }, guessed, all)).toEqual({
    time: undefined,
    key: 'id',
    values: ['a'],
  })
})

import { describe, expect, test } from 'vitest'
import { readStreamRequest } from './stream-request.ts'

const read = (query: string, headers: Record<string, string> = {}) =>
  readStreamRequest(new Request(`http://localhost/api/stream${query}`, { headers }))
const fields = (query: string) => {
  const result = read(query)
  return Array.isArray(result) ? result.map(({ field }) => field) : []
}

describe('a request for a stream', () => {
  test('that asks for nothing gets the readings of the last seconds', () => {
    expect(read('')).toEqual({
      relation: 'sensors_view_1s',
      shape: { columns: undefined, filters: [] },
      lastEventId: undefined,
      wantsSnapshot: true,
    })
  })

  test('takes the last event id from the header before the query', () => {
    expect(read('?lastEventId=a:1', { 'Last-Event-ID': 'b:2' })).toHaveProperty('lastEventId', {
      epoch: 'b',
      timestamp: 2n,
    })
    expect(read('?lastEventId=a:1')).toHaveProperty('lastEventId', { epoch: 'a', timestamp: 1n })
  })

  test.each([
    '',
    ':1',
    'a:',
    'a:-1',
    'a:1.5',
    'a:18446744073709551616',
    'a b:1',
    `${'a'.repeat(65)}:1`,
    'a:1%0A',
  ])('whose id is %j gets all rows, even if it wants only news', (id) => {
    const asked = read(`?snapshot=false&lastEventId=${id}`)
    expect(asked).toHaveProperty('lastEventId', undefined)
    expect(asked).toHaveProperty('wantsSnapshot', id !== '')
  })

  test('takes every other parameter for a filter', () => {
    expect(read('?columns=id,pm25&pm25=gte.1&pm25=lt.2')).toHaveProperty('shape', {
      columns: 'id,pm25',
      filters: [
        ['pm25', 'gte.1'],
        ['pm25', 'lt.2'],
      ],
    })
  })

  test('names each parameter that is wrong', () => {
    expect(fields('?relation=&snapshot=yes')).toEqual(['relation', 'snapshot'])
    expect(fields('?columns=a&columns=b')).toEqual(['columns'])
    expect(fields('?relation=a&relation=b')).toEqual(['relation'])
    expect(fields(`?relation=${'x'.repeat(256)}`)).toEqual(['relation'])
  })
})

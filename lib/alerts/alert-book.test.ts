import { beforeEach, describe, expect, test } from 'vitest'
import type { Reading } from '../readings/reading.ts'
import type { Alert } from './alert.ts'
import { AlertBook } from './alert-book.ts'
import { AlertWatch } from './alert-watch.ts'
import type { AlertRule } from './rule.ts'

const rule: AlertRule = {
  id: 'r',
  metric: 'pm25',
  comparison: '>',
  threshold: 55,
  forS: 2,
  isOn: true,
  sinceS: 0,
}

/** The storage of a browser: its tabs hear of each other's writing only when they are told to look. */
class FakeStorage {
  readonly items = new Map<string, string>()
  getItem = (key: string): string | null => this.items.get(key) ?? null
  setItem = (key: string, value: string): void => void this.items.set(key, value)
}

let storage: FakeStorage
let raised: Alert[]

beforeEach(() => {
  storage = new FakeStorage()
  raised = []
})

function openTab() {
  const book = new AlertBook({ storage, locks: undefined, onRaised: (alerts) => raised.push(...alerts) })
  const watch = new AlertWatch(book, () => import('./engine.ts'))
  const hear = (timestamp: number, pm25: number, id = 1) =>
    watch.observe({ reset: false, updates: [{ diff: 1, row: toRow({ id, pm25, timestamp }) }] })
  return { book, watch, hear }
}

const toRow = ({ id, pm25, timestamp }: Pick<Reading, 'id' | 'pm25' | 'timestamp'>) => ({
  id,
  pm25,
  pm10: null,
  geo_lat: null,
  geo_lon: null,
  timestamp,
})

describe('the book of alerts', () => {
  test('lists an alert with its start and its end', async () => {
    const { book, hear } = openTab()
    await book.addRule(rule)
    for (const t of [100, 101, 102, 103]) await hear(t, 60)
    expect(book.getPages().alerts).toMatchObject([{ words: 'PM2.5 > 55 for 2 s', fromS: 100, firedS: 102 }])
    expect(raised).toHaveLength(1)
    await hear(104, 20)
    expect(book.getPages().alerts).toMatchObject([{ fromS: 100, toS: 104 }])
  })

  test('has an alert once, and raises it once, however many tabs tell it', async () => {
    const tabs = [openTab(), openTab(), openTab()]
    await tabs[0]?.book.addRule(rule)
    for (const { book } of tabs) book.reread()
    for (const t of [100, 101, 102]) for (const { hear } of tabs) await hear(t, 60)
    expect(raised).toHaveLength(1)
    for (const { hear } of tabs) await hear(103, 20)
    for (const { book } of tabs) {
      book.reread()
      expect(book.getPages().alerts).toHaveLength(1)
    }
  })

  test('is there again after a reload, and goes on with what was firing', async () => {
    const first = openTab()
    await first.book.addRule(rule)
    for (const t of [100, 101, 102]) await first.hear(t, 60)
    const second = openTab()
    for (const t of [100, 101, 102, 103]) await second.hear(t, 60)
    await second.hear(104, 20)
    expect(second.book.getPages().alerts).toMatchObject([{ fromS: 100, firedS: 102, toS: 104 }])
    expect(raised).toHaveLength(1)
    for (const t of [100, 101, 102, 103]) await openTab().hear(t, 60)
    expect(openTab().book.getPages().alerts).toHaveLength(1)
  })

  test('ends what a rule has begun when the rule is switched off or taken away', async () => {
    const { book, hear, watch } = openTab()
    await book.addRule(rule)
    for (const t of [100, 101, 102]) await hear(t, 60)
    await book.setRuleOn('r', false, 103)
    expect(book.getPages().alerts).toMatchObject([{ toS: 103 }])
    expect(watch.isNeeded).toBe(false)
    await book.setRuleOn('r', true, 110)
    for (const t of [111, 112, 113]) await hear(t, 60)
    await book.removeRule('r', 114)
    expect(book.getPages()).toMatchObject({ rules: [], alerts: [{ fromS: 111, toS: 114 }, { fromS: 100 }] })
  })

  test('holds rules also against what comes while the engine is on its way, which no page without rules loads', async () => {
    let give = () => {}
    let asked = 0
    const book = new AlertBook({ storage, locks: undefined, onRaised: () => {} })
    const watch = new AlertWatch(book, async () => {
      asked += 1
      await new Promise<void>((resolve) => {
        give = resolve
      })
      return import('./engine.ts')
    })
    const hear = (timestamp: number) =>
      watch.observe({ reset: false, updates: [{ diff: 1, row: toRow({ id: 1, pm25: 60, timestamp }) }] })
    await hear(90)
    expect([asked, watch.newestS]).toEqual([0, 90])
    await book.addRule(rule)
    const heard = [100, 101, 102].map(hear)
    expect([asked, book.getPages().alerts]).toEqual([1, []])
    give()
    await Promise.all(heard)
    expect(book.getPages().alerts).toMatchObject([{ fromS: 100, firedS: 102 }])
  })

  test('keeps the last 200 alerts that have ended', async () => {
    const { book, hear } = openTab()
    await book.addRule({ ...rule, forS: 0 })
    for (let t = 0; t < 500; t += 1) await hear(t, t % 2 === 0 ? 60 : 10)
    expect(book.getPages().alerts).toHaveLength(200)
    expect(book.getPages().alerts[0]).toMatchObject({ fromS: 498 })
    await book.clearEnded()
    expect(book.getPages().alerts).toEqual([])
  })

  test.each([
    'not json',
    '{"version":2}',
    '{"version":1,"rules":[{"id":7}],"alerts":[],"notify":true}',
    'null',
  ])('begins anew where what is stored cannot be read: %s', async (text) => {
    storage.setItem('tailboard.alerts', text)
    const { book } = openTab()
    expect(book.getPages().rules).toEqual([])
    await book.addRule(rule)
    expect(openTab().book.getPages().rules).toEqual([rule])
  })

  test('is written also where the browser forbids locks', async () => {
    const request = () => Promise.reject(new DOMException('no', 'SecurityError'))
    const book = new AlertBook({ storage, locks: { request }, onRaised: () => {} })
    await book.addRule(rule)
    expect(openTab().book.getPages().rules).toEqual([rule])
  })

  test('works for as long as the page where storage is forbidden', async () => {
    const book = new AlertBook({ storage: undefined, locks: undefined, onRaised: () => {} })
    await book.addRule(rule)
    expect(book.getPages().rules).toEqual([rule])
  })
})

import type { Alert } from './alert.ts'
import { type AlertPages, decodePages } from './decode-pages.ts'
import type { AlertChange } from './engine.ts'
import { applyChanges, endAlerts } from './history.ts'
import { type AlertRule, MAX_RULES } from './rule.ts'

const KEY = 'tailboard.alerts'

const EMPTY: AlertPages = { version: 1, rules: [], alerts: [], notify: false }

/** What a book needs of its surroundings. */
export interface AlertBookServices {
  /** Undefined where the browser forbids storage: then the book lasts as long as the page. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem'> | undefined
  /** Lets one tab write at a time; undefined where the browser has no locks. */
  readonly locks: Pick<LockManager, 'request'> | undefined
  /** Called in one tab only, whichever was the first to tell them. */
  readonly onRaised: (alerts: readonly Alert[]) => void
}

/** The rules and the alerts of a browser, kept over reloads and shared between its tabs. */
export class AlertBook {
  readonly #services: AlertBookServices
  readonly #listeners = new Set<() => void>()
  #text: string | null = null
  #pages: AlertPages = EMPTY

  constructor(services: AlertBookServices) {
    this.#services = services
    this.reread()
  }

  getPages = (): AlertPages => this.#pages

  /** Returns the undo. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  addRule(rule: AlertRule): Promise<void> {
    return this.#write((pages) => ({ ...pages, rules: [...pages.rules, rule].slice(0, MAX_RULES) }))
  }

  /** `atS` is the time, in Unix seconds, at which what is firing ends where the rule is switched off. */
  setRuleOn(id: string, isOn: boolean, atS: number): Promise<void> {
    return this.#write((pages) => ({
      ...pages,
      rules: pages.rules.map((rule) =>
        rule.id === id ? { ...rule, isOn, sinceS: isOn ? atS : rule.sinceS } : rule,
      ),
      alerts: isOn ? pages.alerts : [...endAlerts(pages.alerts, id, atS)],
    }))
  }

  removeRule(id: string, atS: number): Promise<void> {
    return this.#write((pages) => ({
      ...pages,
      rules: pages.rules.filter((rule) => rule.id !== id),
      alerts: [...endAlerts(pages.alerts, id, atS)],
    }))
  }

  setNotify(notify: boolean): Promise<void> {
    return this.#write((pages) => ({ ...pages, notify }))
  }

  /** Forgets the alerts that have ended. */
  clearEnded(): Promise<void> {
    return this.#write((pages) => ({ ...pages, alerts: pages.alerts.filter(({ toS }) => toS === undefined) }))
  }

  /** Writes down what the engine has found. */
  async record(changes: readonly AlertChange[]): Promise<void> {
    if (changes.length === 0) return
    let raised: readonly Alert[] = []
    await this.#write((pages) => {
      const applied = applyChanges(pages.alerts, changes, pages.rules)
      raised = applied.raised
      return { ...pages, alerts: [...applied.alerts] }
    })
    if (raised.length > 0) this.#services.onRaised(raised)
  }

  /** Another tab has written. */
  reread(): void {
    const text = this.#read()
    if (text === this.#text) return
    this.#text = text
    this.#pages = parse(text)
    for (const listener of this.#listeners) listener()
  }

  async #write(change: (pages: AlertPages) => AlertPages): Promise<void> {
    let hasRun = false
    const run = () => {
      hasRun = true
      // Another tab may have written, and its news may not have arrived yet.
      const text = this.#read()
      const before = text === this.#text ? this.#pages : parse(text)
      const after = change(before)
      this.#pages = after
      this.#text = JSON.stringify(after)
      try {
        this.#services.storage?.setItem(KEY, this.#text)
      } catch {
        // No room, or forbidden: this page goes on with what it knows.
      }
      for (const listener of this.#listeners) listener()
    }
    const { locks } = this.#services
    if (!locks) return run()
    await locks.request(KEY, run).catch((error: unknown) => {
      // The browser forbids locks: then tabs may write at once, which is better than never.
      if (hasRun) throw error
      run()
    })
  }

  #read(): string | null {
    try {
      return this.#services.storage ? this.#services.storage.getItem(KEY) : this.#text
    } catch {
      return this.#text
    }
  }
}

/** What cannot be read, since it is damaged or of another version, is as if it were not there. */
function parse(text: string | null): AlertPages {
  if (text === null) return EMPTY
  try {
    return decodePages(JSON.parse(text)) ?? EMPTY
  } catch {
    return EMPTY
  }
}

/** Whether a change of storage is one of the book. */
export function isOfBook({ key }: StorageEvent): boolean {
  return key === KEY || key === null
}

/** All keys of the site. The sheet that `?` opens is made of this, and what is pressed is looked up in it. */
export const SHORTCUTS = {
  help: { key: '?', words: 'Show this sheet' },
  overview: { key: 'o', words: 'Go to the overview' },
  relations: { key: 'r', words: 'Go to the relations' },
  alerts: { key: 'a', words: 'Show alerts' },
  theme: { key: 't', words: 'Next theme: light, dark, as the system' },
  kiosk: { key: 'k', words: 'Kiosk view on and off' },
  pause: { key: 'p', words: 'Stop the charts, or let them go on' },
  live: { key: 'l', words: 'Charts back to live' },
  earlier: { key: '[', words: 'Charts: half a window earlier' },
  later: { key: ']', words: 'Charts: half a window later' },
  zoomIn: { key: '+', words: 'Charts: less time, larger' },
  zoomOut: { key: '-', words: 'Charts: more time, smaller' },
  fullScreen: { key: 'f', words: 'Full screen, in the kiosk view' },
} as const satisfies Record<string, { key: string; words: string }>

export type ShortcutName = keyof typeof SHORTCUTS

/** Keys that parts of the page take while they have the focus; they need no switch, as they never act elsewhere. */
export const KEYS_IN_PLACE = [
  { keys: ['Tab', 'Shift + Tab'], words: 'To the next control, or back' },
  { keys: ['←', '→'], words: 'In a chart: move the crosshair' },
  { keys: ['↑', '↓'], words: 'In a chart: the sensor above or below' },
  { keys: ['Shift + ←', 'Shift + →'], words: 'In a chart: half a window earlier or later' },
  { keys: ['Space'], words: 'In a chart: stop it, or let it go on' },
  { keys: ['Esc'], words: 'Close what is open, or let the crosshair go' },
] as const

const SWITCH = 'tailboard.shortcuts'
const listeners = new Set<() => void>()

/** Whether single keys do something. Who speaks to the machine, or hits keys by chance, can switch them off. */
export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(SWITCH) !== 'off'
  } catch {
    // A browser may forbid storage.
    return true
  }
}

export function setShortcutsOn(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(SWITCH)
    else localStorage.setItem(SWITCH, 'off')
  } catch {
    // Then the choice cannot be kept.
  }
  for (const listener of listeners) listener()
}

/** Calls back when keys are switched on or off, here or in another tab; returns the undo. */
export function onShortcutSwitch(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

const TYPING =
  'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable=true], [role=combobox], [role=listbox], [role=menu]'

/** Which shortcut a key means; undefined while the reader types, or with a dialog in front. */
export function shortcutOf(event: KeyboardEvent): ShortcutName | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return undefined
  const { target } = event
  if (target instanceof Element && target.closest(TYPING)) return undefined
  if (document.querySelector('[role=dialog][data-state=open]') || !areShortcutsOn()) return undefined
  const names = Object.keys(SHORTCUTS) as ShortcutName[]
  return names.find((name) => SHORTCUTS[name].key === event.key)
}

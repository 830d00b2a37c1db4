// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isKioskAsked, themeAsked } from './asked-view.ts'

const system = (isDark: boolean) => vi.stubGlobal('matchMedia', () => ({ matches: isDark }))

beforeEach(() => system(false))
afterEach(() => {
  vi.unstubAllGlobals()
  localStorage.clear()
  history.replaceState(null, '', '/')
})

test('without a wish the theme is the one of the system', () => {
  expect(themeAsked()).toBe('light')
  system(true)
  expect(themeAsked()).toBe('dark')
})

test('what the reader has chosen goes before the system, and the address before both', () => {
  localStorage.setItem('theme', 'dark')
  expect(themeAsked()).toBe('dark')
  history.replaceState(null, '', '/?theme=light')
  expect(themeAsked()).toBe('light')
})

test('“as the system is” is a choice, too, and nonsense is none', () => {
  system(true)
  localStorage.setItem('theme', 'system')
  history.replaceState(null, '', '/?theme=pink')
  expect(themeAsked()).toBe('dark')
})

test('a browser that forbids storage is shown the theme of the system', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('forbidden', 'SecurityError')
    },
    clear: () => {},
  })
  system(true)
  expect(themeAsked()).toBe('dark')
})

test('a wall is asked for by the address', () => {
  expect(isKioskAsked()).toBe(false)
  history.replaceState(null, '', '/?kiosk=1')
  expect(isKioskAsked()).toBe(true)
})

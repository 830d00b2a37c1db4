import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FEW_LINES } from '../../lib/explorer/chart-picture.ts'
import { BREAKPOINTS } from '../../lib/readings/air-quality.ts'

type Rgb = readonly [number, number, number]
type Matrix = readonly [Rgb, Rgb, Rgb]

const css = readFileSync(new URL('../../app/globals.css', import.meta.url), 'utf8')
const LIGHT = tokensOf(':root {')
const THEMES = { light: LIGHT, dark: { ...LIGHT, ...tokensOf(':root[data-theme="dark"] {') } }

const CATEGORIES = BREAKPOINTS.pm25.map(({ category }) => category)

/** Of few lines in one chart. */
const LINES = Array.from({ length: FEW_LINES }, (_, rank) => `line-${rank + 1}`)

/**
 * How linear light is seen by eyes that lack a kind of cones, wholly: Machado, Oliveira and Fernandes, "A
 * Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE TVCG 15 (6), 2009, severity 1.0.
 */
const EYES: Readonly<Record<string, Matrix>> = {
  'that see all colours': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  'without red cones (protanopia)': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'without green cones (deuteranopia)': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
}

function tokensOf(opening: string): Record<string, Rgb> {
  const start = css.indexOf(opening)
  const block = css.slice(start, css.indexOf('}', start))
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): #([0-9a-f]{6});/g)].map(([, name, hex]) => [name, toLinear(hex ?? '')]),
  )
}

function toLinear(hex: string): Rgb {
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const s = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4
  })
  return [r, g, b]
}

const times = (matrix: Matrix, [r, g, b]: Rgb): Rgb => {
  const [x = 0, y = 0, z = 0] = matrix.map(([a, c, d]) => Math.min(1, Math.max(0, a * r + c * g + d * b)))
  return [x, y, z]
}

/** As WCAG 2.2 defines it. */
function contrast(a: Rgb, b: Rgb): number {
  const luminance = ([red, green, blue]: Rgb) => 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const [dark = 0, bright = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (bright + 0.05) / (dark + 0.05)
}

/** Oklab: equal distances look about equally different. https://bottosson.github.io/posts/oklab/ */
function toOklab(rgb: Rgb): Rgb {
  const cones: Matrix = [
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
  ]
  const [l, m, s] = times(cones, rgb).map(Math.cbrt) as unknown as Rgb
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

function difference(a: Rgb, b: Rgb): number {
  const [x, y] = [toOklab(a), toOklab(b)]
  return Math.hypot(x[0] - y[0], x[1] - y[1], x[2] - y[2])
}

function colour(tokens: Record<string, Rgb>, name: string): Rgb {
  const found = tokens[name]
  if (!found) throw new Error(`There is no colour ${name}`)
  return found
}

/** Two fields of this difference in Oklab are told apart at a glance; a just noticeable one is about 0.02. */
const TOLD_APART = 0.06

describe.each(Object.entries(THEMES))('in the %s theme', (_, tokens) => {
  test.each(CATEGORIES)('%s is seen on what it lies on', (category) => {
    for (const surface of ['page', 'surface', 'raised', 'sunken'])
      expect(contrast(colour(tokens, `category-${category}`), colour(tokens, surface))).toBeGreaterThan(3)
  })

  test.each(Object.entries(EYES))('neighbouring categories are told apart by eyes %s', (_, eyes) => {
    const seen = CATEGORIES.map((category) => times(eyes, colour(tokens, `category-${category}`)))
    const steps = seen.slice(1).map((own, index) => [CATEGORIES[index], difference(own, seen[index] ?? own)])
    for (const [category, step] of steps)
      expect(step, `between ${category} and the next`).toBeGreaterThan(TOLD_APART)
  })

  test.each(Object.entries(EYES))('few lines are told apart by eyes %s', (_, eyes) => {
    const seen = LINES.map((name) => times(eyes, colour(tokens, name)))
    for (const [index, own] of seen.entries()) {
      for (const [other, second] of seen.slice(0, index).entries())
        expect(difference(own, second), `${LINES[index]} and ${LINES[other]}`).toBeGreaterThan(TOLD_APART)
    }
  })

  test.each(LINES)('%s is seen on the chart', (name) => {
    expect(contrast(colour(tokens, name), colour(tokens, 'surface'))).toBeGreaterThan(3)
  })

  test.each([
    ['text', 4.5],
    ['text-muted', 4.5],
    ['trouble', 4.5],
    ['accent', 4.5],
    ['line-strong', 3],
    ['focus', 3],
  ] as const)('%s has the contrast that its use asks for', (name, least) => {
    for (const surface of ['page', 'surface', 'raised'])
      expect(contrast(colour(tokens, name), colour(tokens, surface)), surface).toBeGreaterThanOrEqual(least)
  })
})

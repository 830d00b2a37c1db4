const FIRST_HUE = 185
const HUES = 120
const GOLDEN = 0.618_033_988_75

/**
 * A quiet colour between teal and violet. It follows from the sensor's id alone, so it stays the same over
 * refreshes; lightness and strength come from the theme.
 */
export function sensorColour(id: number): string {
  const hue = FIRST_HUE + ((((id * GOLDEN) % 1) + 1) % 1) * HUES
  return `oklch(var(--line-lightness) var(--line-chroma) ${hue.toFixed(1)})`
}

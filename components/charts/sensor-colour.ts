const FIRST_HUE = 185
const HUES = 120
const GOLDEN = 0.618_033_988_75

/** A quiet colour from teal (0) to violet (1); its lightness and strength come from the theme. */
export function colourAt(place: number): string {
  const hue = FIRST_HUE + place * HUES
  return `oklch(var(--line-lightness) var(--line-chroma) ${hue.toFixed(1)})`
}

/** A colour that follows from the sensor's id alone, so that it stays the same over refreshes. */
export function sensorColour(id: number): string {
  return colourAt((((id * GOLDEN) % 1) + 1) % 1)
}

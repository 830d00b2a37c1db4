/** A page without a chart, or without readings, is not kept waiting for longer than this. */
const PATIENCE_MS = 8_000
/** The chart is in the document before the browser has painted it. */
const PAINT_MS = 200

let drawn: () => void = () => {}
let first: Promise<void> | undefined

/** Resolves once the first chart has been drawn: what is heavy and can come later waits for it. Only in the browser. */
export function afterFirstChart(): Promise<void> {
  first ??= new Promise((resolve) => {
    drawn = () => setTimeout(resolve, PAINT_MS)
    setTimeout(resolve, PATIENCE_MS)
  })
  return first
}

/** A chart has been drawn. */
export function noteChart(): void {
  first ??= Promise.resolve()
  drawn()
}

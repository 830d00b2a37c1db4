/** Now by the server's clock, in Unix seconds. */
export function serverNowS({ clockOffsetMs }: { readonly clockOffsetMs: number }): number {
  return (Date.now() + clockOffsetMs) / 1000
}

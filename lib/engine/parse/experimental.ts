/** The older server's refusal of what it has, but does not yet offer. */
export const experimental = (feature: string): string =>
  `${feature} requires experimental mode; see https://materialize.com/docs/cli/#experimental-mode`

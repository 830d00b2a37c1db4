/** Where parts of other authors look for the nonce of the page's policy. */
declare global {
  interface Window {
    __webpack_nonce__?: string
  }
}

/** Lets parts put style elements into the page: dialogs look for the nonce by themselves, others are handed it. */
export function keepStyleNonce(nonce: string): void {
  if (typeof window !== 'undefined') window.__webpack_nonce__ = nonce
}

/** The nonce for a style element that is put into the page; undefined on the server. */
export const styleNonce = (): string | undefined =>
  typeof window === 'undefined' ? undefined : window.__webpack_nonce__

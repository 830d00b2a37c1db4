/** True while nobody can see the page. */
export function isPageHidden(): boolean {
  return document.visibilityState === 'hidden'
}

/** Calls back when the reader or the network returns: the moment to look whether a stream still lives. */
export function onPageReturn(callback: () => void): () => void {
  const onVisibility = () => {
    if (!isPageHidden()) callback()
  }
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('online', callback)
  window.addEventListener('pageshow', callback)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('online', callback)
    window.removeEventListener('pageshow', callback)
  }
}

export interface PagePresence {
  /** Somebody can see the page now, or nobody can any more. */
  readonly onVisibility: () => void
  /** The page is left. Browsers may keep it, frozen, for when the reader goes back. */
  readonly onLeave: () => void
  /** The reader has gone back to a page that was kept. */
  readonly onReturn: () => void
}

/** Tells what becomes of the page; returns the undo. */
export function onPagePresence({ onVisibility, onLeave, onReturn }: PagePresence): () => void {
  const onShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) onReturn()
  }
  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('pagehide', onLeave)
  window.addEventListener('pageshow', onShow)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('pagehide', onLeave)
    window.removeEventListener('pageshow', onShow)
  }
}

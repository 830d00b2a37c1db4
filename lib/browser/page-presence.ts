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

'use client'

/** The first stop of the keyboard: past what is the same on every page. */
export function SkipLink() {
  return (
    // biome-ignore lint/a11y/useValidAnchor: it leads to the content, which the script focuses whatever its id
    <a
      href="#content"
      className="fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-3.5 py-2 font-medium text-on-accent text-sm focus:translate-y-0"
      onClick={(event) => {
        const content = document.querySelector('main')
        if (!content) return
        event.preventDefault()
        content.tabIndex = -1
        content.focus()
      }}
    >
      To the content
    </a>
  )
}

/** Where next-themes keeps what the reader has chosen. */
const THEME_KEY = 'theme'

/**
 * The theme that a page is to be shown in, found without anything of the page: as its address asks, else as the reader
 * has chosen, else as the system is.
 */
export function themeAsked(): 'light' | 'dark' {
  const asked = [param('theme'), keptTheme()].find((theme) => theme === 'light' || theme === 'dark')
  if (asked === 'light' || asked === 'dark') return asked
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Whether the address asks for the view for a wall. */
export function isKioskAsked(): boolean {
  return ['1', 'true'].includes(param('kiosk') ?? '')
}

function param(name: string): string | null {
  return new URLSearchParams(location.search).get(name)
}

function keptTheme(): string | null {
  try {
    return localStorage.getItem(THEME_KEY)
  } catch {
    // The browser forbids it.
    return null
  }
}

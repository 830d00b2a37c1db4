/** How the server takes a token: it lets the browser in, says that it is wrong, has heard too many, or is away. */
export type SignInAnswer = 'in' | 'wrong' | 'busy' | 'away'

/** Gives the access token for a session cookie. */
export async function signIn(token: string): Promise<SignInAnswer> {
  try {
    const response = await fetch('/sign-in', { method: 'POST', body: new URLSearchParams({ token }) })
    if (response.ok) return 'in'
    return response.status === 401 ? 'wrong' : response.status === 429 ? 'busy' : 'away'
  } catch {
    return 'away'
  }
}

/** Whether this browser is signed in: the server then leads on from the sign-in page. */
export async function isSignedIn(): Promise<boolean> {
  try {
    const { type } = await fetch('/sign-in', { method: 'HEAD', redirect: 'manual' })
    return type === 'opaqueredirect'
  } catch {
    return false
  }
}

/** Where to sign in, to come back to the page that is shown. */
export const signInAddress = ({ pathname, search }: Location): string =>
  `/sign-in?${new URLSearchParams({ next: pathname + search })}`

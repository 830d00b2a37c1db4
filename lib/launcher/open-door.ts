import { isLoopback } from '../access/origins.js'
import type { Settings } from '../env.ts'

/** A token that could be guessed by trying. */
const SHORT_TOKEN = 16

/** What the operator should know of who can get in, in a line each. */
export function openDoorWarnings({ host, accessToken }: Settings): string[] {
  const isOpen = !isLoopback(host)
  if (isOpen && accessToken === undefined) {
    return [
      `Warning: HOST=${host} lets other machines in, and nothing asks them who they are. ` +
        'Set ACCESS_TOKEN to a long random text, or unset HOST to listen on this machine only.',
    ]
  }
  if (accessToken !== undefined && accessToken.length < SHORT_TOKEN) {
    return [
      `Warning: ACCESS_TOKEN has fewer than ${SHORT_TOKEN} characters and could be guessed. ` +
        'A good one: node -p "crypto.randomBytes(24).toString(\'base64url\')"',
    ]
  }
  return []
}

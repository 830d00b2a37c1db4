import { unsupported } from '../refuse.ts'
import type { Portal } from './portal.ts'
import type { Session } from './session.ts'

/** SHOW CREATE. */
export async function showCreate(
  _session: Session,
  { type }: { type: string; relation: readonly string[] },
): Promise<Portal> {
  throw unsupported(`SHOW CREATE ${type.toUpperCase()}`)
}

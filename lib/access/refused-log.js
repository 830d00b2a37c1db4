// @ts-check
import { createLogRoot } from '../log-root.js'
import { aboutRequest } from './about.js'

/** A slip of whoever asks, which the answer itself tells: nothing to look into. A 401 may be a guess at the token. */
const EXPECTED = new Set([400, 404, 405])
/** Whoever is refused may come again at once, and must not fill a disk. */
const MAX_LINES_PER_S = 20
const MAX_PATH_LENGTH = 200

/**
 * One log line for each answer that says no or failed, with the request's id; of many in a second only the first, and
 * then their number. A query may hold anything, so only the path is told.
 *
 * @param {(onFinish: (response: import('node:http').ServerResponse) => void) => void} subscribe
 */
export function logRefusals(subscribe, log = createLogRoot().child({ name: 'access' }), now = Date.now) {
  let second = 0
  let lines = 0
  let left = 0
  subscribe((response) => {
    const { statusCode: status, req: request } = response
    if (status < 400 || EXPECTED.has(status)) return
    const thisSecond = Math.floor(now() / 1000)
    if (thisSecond !== second) {
      if (left > 0) log.warn({ lines: left }, 'more was refused than is told')
      second = thisSecond
      lines = 0
      left = 0
    }
    if (++lines > MAX_LINES_PER_S) {
      left++
      return
    }
    const about = aboutRequest(request)
    const fields = {
      requestId: about?.id,
      address: about?.address,
      method: request.method,
      path: request.url?.split('?', 1)[0]?.slice(0, MAX_PATH_LENGTH),
      status,
      ...(about?.refusal !== undefined && { reason: about.refusal }),
    }
    if (status >= 500) log.error(fields, 'failed')
    else log.warn(fields, 'refused')
  })
}

import { answerLive } from '../../../../lib/api/about.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../../lib/api/wrong-method.ts'

/** The process answers, and which build of the app it is: a page that runs for days can tell that it is an old one. */
export function GET(): Response {
  return answerLive()
}

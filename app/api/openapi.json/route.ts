import { answerOpenApi } from '../../../lib/api/openapi.ts'

export {
  onlyRead as DELETE,
  onlyRead as PATCH,
  onlyRead as POST,
  onlyRead as PUT,
} from '../../../lib/api/wrong-method.ts'

/** What this API takes and gives, as OpenAPI 3.2. */
export function GET(request: Request): Response {
  return answerOpenApi(request)
}

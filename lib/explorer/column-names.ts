import type { Column } from '../protocol/events.ts'
import { kindOf } from './column-kind.ts'

const IDS = /(^|_)(id|key|uuid|code|name|host|symbol)$/i
const GROUPS = /(^|_)(sensor|device|city|label|kind|type)$/i
const TIMES = /(^|_)(ts|time|timestamp|second|minute|hour|epoch|at|when|date)(_?m?s)?$/i
const COORDINATES = /(^|_)(lat|lon|lng|latitude|longitude)$/i

/** `id` or `key`: nothing is more likely to tell rows apart. */
export const isPlainId = (name: string): boolean => /^(id|key)$/i.test(name)

/** A name by which one thing is told from another, and likely each row. */
export const isIdName = (name: string): boolean => IDS.test(name)

/** A name by which rows belong together: those of one thing, or of one sort of things. */
export const isKeyName = (name: string): boolean => IDS.test(name) || GROUPS.test(name)

/** A name that a time may well have, whatever its type. */
export const isTimeName = (name: string): boolean => TIMES.test(name)

/** A place is a number that is not measured. */
export const isCoordinateName = (name: string): boolean => COORDINATES.test(name)

/** A time by its type, or by its name. */
export const isLikelyTime = ({ name, type }: Column): boolean => kindOf(type) === 'time' || isTimeName(name)

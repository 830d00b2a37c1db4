import type { Version } from '../version.ts'

/** The words of Materialize's grammar that its parser errors print in capitals; other words are identifiers. */
const BOTH = `
  all alter and any array as asc at avro between bigint boolean both by bytes cascade case cast chain char
  characteristics close cluster coalesce collate column columns commit committed compression confluent connection
  constraint copy create cross csv cursor database databases date day days deallocate debezium debug debugging dec
  decimal declare default delete delimited delimiter desc discard distinct double drop else end envelope escape
  except execute exists explain extract false fetch first float follows for foreign format forward from full full
  group having header headers hold hour hours if ilike in index indexes inner insert int integer intersect interval
  into is isolation join json kafka key keys last lateral left level like limit list local logical map materialized
  message minute minutes month months natural next no none not null nullif numeric object objects of offset on only
  operator optimized option or order ordinality outer over overlay partition password plan plans position precision
  prepare primary protobuf raw read real references registry rename repeatable replace reset restrict
  returns right role roles rollback row rows schema schemas second seconds secret secrets select sequences
  serializable session set show sink sinks size smallint snapshot source sources ssl start stdin stdout strategy
  string superuser table tables tail temp temporary text then ties time timestamp timestamptz to topic transaction
  trim true type types unbounded uncommitted union unique unknown update user using uuid values varchar varying view
  views when where with without work write year years zone`

/** Words that only one era knows. */
const TAIL_ONLY = 'extended least'
const SUBSCRIBE_ONLY = `
  analyze assert auto availability cpu ctes default explain explain function grant grants history least memory
  privileges progress refresh reassign retain returning revoke subscribe timeout up within validate inspect comment strict
  replica replicas network execute abort`

const words = (text: string): Set<string> => new Set(text.trim().split(/\s+/))
const KEYWORDS = {
  tail: words(`${BOTH} ${TAIL_ONLY} subscribe`),
  subscribe: words(`${BOTH} ${SUBSCRIBE_ONLY}`),
} as const

export const isKeyword = (word: string, era: Version['era']): boolean => KEYWORDS[era].has(word)

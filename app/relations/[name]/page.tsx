import type { Metadata } from 'next'
import { Explorer } from '../../../components/explorer/explorer.tsx'
import { fromRelationSegment } from '../../../lib/explorer/relation-path.ts'

interface Props {
  readonly params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = await params
  return { title: `${fromRelationSegment(name)} · Tailboard` }
}

export default async function RelationPage({ params }: Props) {
  const { name } = await params
  return <Explorer relation={fromRelationSegment(name)} />
}

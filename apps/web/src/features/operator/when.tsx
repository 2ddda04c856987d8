import { useCopy } from '../../copy/copy-context.tsx'

/** An instant; a dash if there is none. */
export function When(props: { at: string | null }) {
  const { f } = useCopy()
  if (props.at === null) return '–'
  return (
    <time dateTime={props.at} title={props.at}>
      {f.dateTime(props.at)}
    </time>
  )
}

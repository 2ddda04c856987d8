import { Link } from 'wouter'

/** A link to one customer's story, or to one operation of it. */
export function CustomerLink(props: { text: string }) {
  const { text } = props
  return (
    <Link
      href={`/operator/customers?find=${encodeURIComponent(text)}`}
      className="rounded-control font-medium text-accent underline underline-offset-2"
    >
      {text}
    </Link>
  )
}

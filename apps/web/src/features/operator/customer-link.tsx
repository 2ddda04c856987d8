import { Link } from 'wouter'

/** A link to a customer's history, or to one of its operations. */
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

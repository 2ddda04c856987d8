/** A placeholder as high as the text that is loading, to avoid layout shifts. */
export function Skeleton(props: { className: string }) {
  return <span aria-hidden className={`shimmer block rounded-md ${props.className}`} />
}

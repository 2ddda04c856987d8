/** The barrier: a post and a striped arm. */
export function BrandMark(props: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={props.className ?? 'size-8'}>
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <rect x="6" y="7" width="4" height="18" rx="2" fill="var(--on-accent)" />
      <path
        d="M10 11.5h4.2l-3 5H10zm6.4 0h4.2l-3 5h-4.2zm6.4 0H26v1.6l-2 3.4h-4.2z"
        fill="var(--on-accent)"
      />
    </svg>
  )
}

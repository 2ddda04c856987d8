import type { ReactNode } from 'react'

type IconProps = { className?: string }

/** Drawn on a 20-unit grid with a 1.6 stroke; always next to text, so hidden from screen readers. */
function icon(paths: ReactNode) {
  return function Icon({ className = 'size-5' }: IconProps) {
    return (
      <svg
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        className={className}
      >
        {paths}
      </svg>
    )
  }
}

export const ImageIcon = icon(
  <>
    <rect x="3" y="3.5" width="14" height="13" rx="2.5" />
    <path d="m3.5 14 4-4 3 3 2-2 4 4" />
    <circle cx="12.8" cy="7.4" r="1.1" />
  </>,
)
export const TextIcon = icon(<path d="M3.5 5h13M3.5 9h13M3.5 13h8M3.5 17h5" />)
export const QrIcon = icon(
  <>
    <rect x="3" y="3" width="5" height="5" rx="1" />
    <rect x="12" y="3" width="5" height="5" rx="1" />
    <rect x="3" y="12" width="5" height="5" rx="1" />
    <path d="M12 12h2v2M17 12v.01M12 17h.01M15.5 17H17v-2" />
  </>,
)
export const UsageIcon = icon(<path d="M3.5 16.5h13M5.5 13V9.5M10 13V4.5M14.5 13V7.5" />)
export const PlansIcon = icon(
  <>
    <rect x="2.5" y="4.5" width="15" height="11" rx="2.5" />
    <path d="M2.5 8.5h15M5.5 12.5h3" />
  </>,
)
export const InfoIcon = icon(
  <>
    <circle cx="10" cy="10" r="7.2" />
    <path d="M10 9.3v4M10 6.6v.01" />
  </>,
)
export const WarningIcon = icon(
  <>
    <path d="M10 3.2 17.6 16.3H2.4z" />
    <path d="M10 8.4v3.4M10 13.9v.01" />
  </>,
)
export const CheckIcon = icon(
  <>
    <circle cx="10" cy="10" r="7.2" />
    <path d="m6.8 10.3 2.2 2.2 4.3-4.7" />
  </>,
)
export const TickIcon = icon(<path d="m4.5 10.5 3.6 3.6 7.4-8" />)
export const ClockIcon = icon(
  <>
    <circle cx="10" cy="10" r="7.2" />
    <path d="M10 6v4.2l2.6 1.6" />
  </>,
)
export const CloseIcon = icon(<path d="m5 5 10 10M15 5 5 15" />)
export const DownloadIcon = icon(<path d="M10 3.5v9M6.3 9 10 12.7 13.7 9M4 16.5h12" />)
export const InvoiceIcon = icon(
  <>
    <path d="M5 2.8h10v14.4l-2.5-1.6-2.5 1.6-2.5-1.6L5 17.2z" />
    <path d="M8 7h4M8 10.5h4" />
  </>,
)
export const BellIcon = icon(
  <>
    <path d="M5.2 8.6a4.8 4.8 0 0 1 9.6 0c0 3.6 1.6 4.9 1.6 4.9H3.6s1.6-1.3 1.6-4.9Z" />
    <path d="M8.4 16.3a1.8 1.8 0 0 0 3.2 0" />
  </>,
)
export const PersonIcon = icon(
  <>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.8 16.8c.8-3 3.2-4.6 6.2-4.6s5.4 1.6 6.2 4.6" />
  </>,
)
export const InfinityIcon = icon(
  <path d="M6.2 13C4.3 13 3 11.7 3 10s1.3-3 3.2-3c3.3 0 4.3 6 7.6 6 1.9 0 3.2-1.3 3.2-3s-1.3-3-3.2-3c-3.3 0-4.3 6-7.6 6Z" />,
)

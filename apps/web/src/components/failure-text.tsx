/** Why an action of the user failed; renders nothing without a text. */
export function FailureText({ text }: { text: string | null }) {
  return text === null ? null : (
    <p role="alert" className="text-sm font-medium text-danger">
      {text}
    </p>
  )
}

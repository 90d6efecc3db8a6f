// Drawn here; each stands beside its word, so none is read out.
import { AuthMethod } from "#gen/kirikae/v1/types_pb";

const face = <path d="M4 12V7a3 3 0 0 1 3-3h5M36 4h5a3 3 0 0 1 3 3v5M44 36v5a3 3 0 0 1-3 3h-5M12 44H7a3 3 0 0 1-3-3v-5M24 11a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 40a12 12 0 0 1 24 0M21 19v1M27 19v1M20 24q4 3 8 0" />;
const card = <path d="M6 10h36a3 3 0 0 1 3 3v22a3 3 0 0 1-3 3H6a3 3 0 0 1-3-3V13a3 3 0 0 1 3-3ZM10 18h9v8h-9ZM10 32h12M28 20h10M28 26h10" />;
const both = <path d="M3 7h26a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H3ZM3 7v18M8 13h6v5H8ZM33 20a6 6 0 1 0 0 12 6 6 0 0 0 0-12ZM22 45a11 11 0 0 1 22 0" />;

export function MethodIcon({ method }: { method: AuthMethod }) {
  const drawn = method === AuthMethod.FACE_AND_PASSWORD ? face : method === AuthMethod.FACE_AND_IC_CARD ? both : card;
  return (
    <svg viewBox="0 0 48 48" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round">{drawn}</svg>
  );
}

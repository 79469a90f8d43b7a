import { CopyButton } from '../controls/copy-button.tsx';
import type { Task } from './work.ts';

/** What can be done with the request. Diagnosing is what the form's Enter key does. */
export function Actions({
  isWorking,
  canShare,
  link,
  onRun,
  onShare,
}: {
  isWorking: boolean;
  canShare: boolean;
  /** The link that was made for sharing, until the request is changed. */
  link: string | undefined;
  onRun: (kind: Task['kind']) => void;
  onShare: () => void;
}) {
  return (
    <>
      <div class="row">
        <button class="primary" type="submit" disabled={isWorking}>
          Diagnose
        </button>
        <button type="button" disabled={isWorking} onClick={() => onRun('verify')}>
          Verify
        </button>
        <button type="button" disabled={isWorking} onClick={() => onRun('sign')}>
          Sign
        </button>
        <button type="button" class="quiet" disabled={!canShare} onClick={onShare}>
          Share
        </button>
      </div>
      <p class="hint">
        Diagnose finds out why a signature is wrong, Verify says whether it is right, Sign makes one, and Share makes a
        link to the request, without the secret.
      </p>
      {link !== undefined && (
        <div class="row share">
          <input readOnly value={link} aria-label="Link to this request, without the secret" />
          <CopyButton text={link} what="link" />
        </div>
      )}
    </>
  );
}

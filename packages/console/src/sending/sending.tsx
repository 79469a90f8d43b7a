import type { ReadyEventView, SendingView } from '@countersign/server/control/views/sending-view';
import { useEffect, useState } from 'preact/hooks';
import { controlUrl, readControl, tellControl, wordsOf } from '../live/control-api.ts';
import { serverState } from '../live/live-state.ts';
import { EventFields, keyOf, type Wish } from './event-fields.tsx';
import { SentView } from './sent-view.tsx';
import './sending.css';

/** Has the server send one rightly signed event to an endpoint of the reader's, and shows the answer. */
export function Sending() {
  const state = serverState.value;
  const [events, setEvents] = useState<readonly ReadyEventView[]>();
  const [wish, setWish] = useState<Wish>({ to: rememberedEndpoint(), event: '', account: '', body: '' });
  const [{ sent, problem, isSending = false }, setProgress] = useState<Progress>({});
  const change = (changed: Partial<Wish>): void => setWish((before) => ({ ...before, ...changed }));
  const chosen = events?.find((event) => keyOf(event) === wish.event);

  /** The body of an event, to be looked at and changed before it goes. */
  const choose = async (event: ReadyEventView): Promise<void> => {
    change({ event: keyOf(event), account: '' });
    try {
      const address = controlUrl('ready-events', event.provider, event.name);
      change({ body: (await readControl<{ body: string }>(address)).body });
    } catch (error) {
      setProgress({ problem: wordsOf(error) });
    }
  };
  useEffect(() => {
    readControl<{ events: readonly ReadyEventView[] }>(controlUrl('ready-events')).then(
      ({ events: [first, ...others] }) => {
        if (!first) return;
        setEvents([first, ...others]);
        void choose(first);
      },
      (error: unknown) => setProgress({ problem: wordsOf(error) }),
    );
  }, []);

  const send = async (): Promise<void> => {
    if (!chosen) return;
    const { to, account, body } = wish;
    const { provider, name: event } = chosen;
    setProgress({ isSending: true });
    try {
      rememberEndpoint(to);
      const told = { to, provider, event, body, ...(account !== '' && { account }) };
      setProgress({ sent: await tellControl<SendingView>('POST', controlUrl('sendings'), told) });
    } catch (error) {
      setProgress({ problem: wordsOf(error) });
    }
  };

  return (
    <>
      <h2>Send to my endpoint</h2>
      <p class="lead">
        Send one event to your application, signed as its provider signs it, and see what your application answers. No
        call is needed, and nothing leaves this machine or your private network.
      </p>
      <form
        class="sending"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <EventFields
          wish={wish}
          events={events ?? []}
          accounts={state?.accounts.filter(({ provider }) => provider === chosen?.provider) ?? []}
          change={change}
          onEvent={(event) => void choose(event)}
        />
        <div class="row">
          <button type="submit" class="primary" disabled={isSending || !chosen}>
            {isSending ? 'Sending…' : 'Send'}
          </button>
          <span role="status">{problem !== undefined && <span class="bad">{problem}</span>}</span>
        </div>
      </form>
      {sent && <SentView sent={sent} />}
    </>
  );
}

type Progress = { readonly sent?: SendingView; readonly problem?: string; readonly isSending?: boolean };

const remembered = 'countersign-endpoint';

/** The endpoint that was sent to last; the storage of a page may be switched off. */
function rememberedEndpoint(): string {
  try {
    return localStorage.getItem(remembered) ?? '';
  } catch {
    return '';
  }
}

function rememberEndpoint(to: string): void {
  try {
    localStorage.setItem(remembered, to);
  } catch {
    // It is typed again, then.
  }
}

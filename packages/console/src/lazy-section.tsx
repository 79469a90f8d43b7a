import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { wordsOf } from './live/control-api.ts';

interface Loaded<Props> {
  readonly component?: ComponentType<Props>;
  readonly problem?: string;
}

/** A section whose code is loaded when somebody goes there: it says so meanwhile, and when it cannot be loaded. */
export function lazySection<Props extends object>(
  title: string,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let known: ComponentType<Props> | undefined;
  return function LazySection(props: Props) {
    const [{ component: Component, problem }, setLoaded] = useState<Loaded<Props>>(known ? { component: known } : {});
    const begin = (): void => {
      setLoaded({});
      load().then(
        (component) => {
          known = component;
          setLoaded({ component });
        },
        (error: unknown) => setLoaded({ problem: wordsOf(error) }),
      );
    };
    useEffect(() => {
      if (!known) begin();
    }, []);
    if (Component) return <Component {...props} />;
    if (problem === undefined) return <p class="hint section-loading">Loading {title}…</p>;
    return (
      <div class="empty" role="alert">
        <p>{title} could not be loaded from the server.</p>
        <p class="hint">{problem}</p>
        <button type="button" onClick={begin}>
          Try again
        </button>
      </div>
    );
  };
}

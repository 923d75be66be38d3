/** Gives what `load` gives, loading it when it is first asked for: a start need not wait for what no page needs yet. */
export function whenNeeded<Value>(load: () => Value): () => Value {
  let loaded: { value: Value } | undefined;
  return () => {
    loaded ??= { value: load() };
    return loaded.value;
  };
}

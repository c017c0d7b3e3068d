// Measures, in the page, the time from a click to the first frame that shows its result, and how far the layout shifts.
// `sees` returns a text; the result is there once the text differs from the one before the click.
window.bench = (() => {
  let shift = 0;
  const add = (list) => { for (const { value } of list) shift += value; };
  const shifts = new PerformanceObserver((list) => add(list.getEntries()));
  shifts.observe({ type: "layout-shift" });
  const shifted = () => { // since it was asked last
    add(shifts.takeRecords());
    const sum = shift;
    shift = 0;
    return sum;
  };
  const frame = (done) => requestAnimationFrame(() => {
    const after = new MessageChannel(); // frame callbacks run before painting, messages after it
    after.port1.onmessage = () => done(performance.now());
    after.port2.postMessage(null);
  });
  const shown = (sees) => new Promise((done, failed) => {
    const before = sees();
    setTimeout(failed, 60000, new Error("nothing was shown for a minute"));
    const watch = new MutationObserver(() => {
      if (sees() === before) return;
      watch.disconnect();
      frame(done);
    });
    watch.observe(document.documentElement, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  const click = async (act, sees) => {
    const painted = shown(sees), start = performance.now();
    act();
    return (await painted) - start;
  };
  return { click, frame, shifted };
})();

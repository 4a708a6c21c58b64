/** The page's requests, answered by a session. */
import { alikeCurve, alikeGroups } from './alike';
import type { InternalEvents } from './client';
import { exportFiles } from './exporting';
import { Inspector } from './inspect';
import type { EngineApi } from './protocol';
import { byCategory, dragIndex, groupList, keptNow, preview } from './questions';
import { moved, serve, type Endpoint, type Handlers } from './rpc';
import { Session } from './session';
import type { Surroundings } from './state';

const sideOf = (side: unknown) => (side === 'min' || side === 'max' ? side : null);

function handlersOf(session: Session): Handlers<EngineApi> {
  const inspector = new Inspector(session);
  return {
    open: (sources, { signal }) => session.open(sources, signal),
    setMapping: (mapping, { signal }) => session.setMapping(mapping, signal),
    setProfile: (profile, { signal }) => session.setProfile(profile, signal),
    setRecipe: (recipe, { signal }) => session.setRecipe(recipe, signal),
    beginDrag: (column, views, side) => {
      // Where the caller leaves the views out, the context stands in their place.
      const index = dragIndex(session, column, Array.isArray(views) ? views : undefined, sideOf(side));
      if (!session.held) session.space.beginDrag(column);
      session.held = column;
      const { table, steps, missing, tokens } = index;
      return moved(
        index,
        [table, steps, missing, ...(tokens ? [tokens] : [])].map(({ buffer }) => buffer),
      );
    },
    hold: (held) => {
      session.pool.hold(held);
      if (held) return;
      session.held = null;
      session.space.endDrag();
    },
    records: (query, { signal }) => inspector.records(query, signal),
    narrow: (query, { signal }) => inspector.narrow(query, signal),
    onTheLine: (column, at, side, limit) => inspector.onTheLine(column, at, side, limit),
    preview: (recipe, step, limit, { signal }) => preview(session, recipe, step, limit, signal),
    byCategory: (column, by) => byCategory(session, column, by),
    groups: (kind, on, limit, { signal }) => groupList(session, kind, on, limit, signal),
    makeSpace: (model, { signal }) => session.space.make(model, signal),
    embedFor: (step, model, { signal }) => session.space.embedFor(step, model, signal),
    keptVectors: (on, model, { signal }) => session.space.kept(on, model, signal),
    vectorFields: () => session.space.vectorFields(),
    space: () => session.space.summary,
    pauseEmbedding: (paused) => {
      if (paused) session.space.embedding.pause.pause();
      else session.space.embedding.pause.resume();
    },
    mapFrame: (view, inks, drag) => {
      if (drag) session.space.moveDrag(drag);
      const frame = (session.space.sketch ?? session.space.map).frame(view, inks);
      return frame && moved(frame, [frame.pixels.buffer]);
    },
    mapHit: (view, x, y) => session.space.map.hit(view, x, y),
    mapPlace: (place) => session.space.map.locate(place),
    mapLasso: (view, polygon) => {
      session.current.marked = polygon && session.space.map.lasso(view, polygon);
      return session.current.marked?.length ?? 0;
    },
    mapColour: (by) => session.space.colour(by),
    mapPart: async (query, { signal }) => {
      const part = query && (await inspector.part(query, signal));
      signal.throwIfAborted();
      session.space.part(part);
    },
    searchMeaning: (phrase, limit, { signal }) => session.space.search(phrase, limit, signal),
    findLike: (liked, disliked, limit, phrase, { signal }) =>
      session.space.like(liked, disliked, limit, phrase, signal),
    alike: (step, { signal }) => alikeCurve(session, step, signal),
    alikeGroups: (step, offset, limit, { signal }) => alikeGroups(session, step, offset, limit, signal),
    against: (sources, on, { signal }) => session.against.compare(sources, on, signal),
    againstList: (query) => session.against.list(query),
    forgetAgainst: ({ signal }) => session.against.forget(signal),
    diversity: (limit) => session.diversity.summary(typeof limit === 'number' ? limit : null),
    diversityFigures: ({ signal }) => session.diversity.figures(signal),
    column: (id) => {
      const values = session.shownColumn(id).slice();
      return moved(values, [values.buffer]);
    },
    kept: () => {
      const kept = keptNow(session);
      return moved(kept, [kept.buffer]);
    },
    suggest: async ({ signal }) => {
      await session.near.now(signal).catch(() => undefined);
      return session.suggest();
    },
    rejections: (offset, limit) => session.current.dataset.rejections.slice(offset, offset + limit),
    exportFiles: (recipe, text, { signal }) => {
      const stop = session.tasks.begin('export', signal);
      return exportFiles(session, recipe, text, stop.signal);
    },
    cancel: (task) => session.tasks.cancel(task),
    forget: () => session.keeping.forget(),
    saveRecipe: (text) => session.keeping.saveRecipe(text),
    restored: () => session.keeping.restored(),
    idle: () => session.idle(),
  };
}

/** Answers the engine's requests on an endpoint. */
export function serveEngine(endpoint: Endpoint, around: Omit<Surroundings, 'emit'>): Session {
  const session = new Session({ ...around, emit: (name, value) => server.emit(name, value) });
  const server = serve<EngineApi, InternalEvents>(endpoint, handlersOf(session));
  session.pool.warm();
  return session;
}

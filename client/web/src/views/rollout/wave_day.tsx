import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Role } from "#gen/kirikae/v1/access_service_pb";
import { RolloutService, type Wave, WaveState, WaveStateSchema } from "#gen/kirikae/v1/rollout_service_pb";
import { client } from "../../api/transport";
import { setQuery } from "../../app/router";
import { ActDialog } from "../../parts/act_dialog";
import { Allowed } from "../../parts/allowed";
import { CountLink } from "../../parts/count_link";
import { devicesWhere, quoted } from "../../parts/device_rows";
import { Pill } from "../../parts/pill";
import { toneOfWave } from "../../parts/rollout_tone";
import { tr, trn } from "../../words/sentence";
import { term } from "../../words/terms";
import { fullDay, slotName } from "../../words/time";

type Open = { wave: Wave; act: "start" | "finish" };

function titleOf(wave: Wave): string {
  return tr("Wave {number}: {slot}, team {team}", { number: wave.name.split("/").at(-1) ?? "", slot: slotName(wave.slot), team: wave.team });
}

function WaveDialog({ open, onClose, onDone }: { open: Open; onClose: () => void; onDone: () => void }) {
  const { wave, act } = open;
  const returned = useSignal(false);
  const { name } = wave;
  const starts = act === "start";
  return (
    <ActDialog title={`${starts ? tr("Start") : tr("Finish")}: ${titleOf(wave)}`} verb={starts ? tr("Start") : tr("Finish")} onClose={onClose}
      remark={{ label: tr("Reason (may stay empty)"), field: "options.reason" }}
      act={async (options) => {
        const service = client(RolloutService);
        const after = starts ? await service.startWave({ name, options }) : await service.finishWave({ name, options, returnOpen: returned.value });
        onDone();
        return tr("{wave} is now: {state}.", { wave: titleOf(wave), state: term(WaveStateSchema, after.state) });
      }}>
      <p>{term(WaveStateSchema, wave.state)} → <strong>{term(WaveStateSchema, starts ? WaveState.IN_PROGRESS : WaveState.DONE)}</strong></p>
      {starts && <p>{trn("Its planned device becomes due.", "Its {n} planned devices become due.", wave.open)}</p>}
      {!starts && wave.open > 0 && (
        <>
          <p>{trn("One device is still to do.", "{n} devices are still to do.", wave.open)}</p>
          <label class="check"><input type="checkbox" checked={returned.value} onChange={(event) => (returned.value = event.currentTarget.checked)} /> {tr("Return them: they are no longer planned, and the next plan may place them")}</label>
        </>
      )}
    </ActDialog>
  );
}

type Props = { rollout: string; day: string; waves: Wave[]; onDone: () => void };

/** The waves of a day, with their devices and verbs. */
export function WaveDay({ rollout, day, waves, onDone }: Props) {
  const open = useSignal<Open | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "nearest" });
  }, [day]);
  const of = (wave: Wave) => [`placement.rollout = ${quoted(rollout)}`, `placement.wave = ${wave.name.split("/").at(-1)}`];
  return (
    <section class="box stack" aria-labelledby="wave-day" data-wave-day={day}>
      <div class="row">
        <h2 id="wave-day" class="grow" ref={heading} tabIndex={-1}>{tr("Waves of {day}", { day: fullDay(day) })}</h2>
        <button class="button no-print" type="button" onClick={() => setQuery({ day: "" })}>{tr("Close")}</button>
      </div>
      {waves.length === 0 && <p class="weak">{tr("There is no wave on this day.")}</p>}
      {waves.length > 0 && (
        <div class="scroller" tabIndex={0} role="group" aria-label={tr("Waves of {day}", { day: fullDay(day) })}>
          <table>
            <thead><tr>
              <th scope="col">{tr("Wave")}</th><th scope="col">{tr("Phase")}</th><th scope="col">{tr("State")}</th><th scope="col" class="number">{tr("Switched")}</th>
              <th scope="col" class="number">{tr("Failed")}</th><th scope="col" class="number">{tr("Still to do")}</th><th scope="col" class="number">{tr("Number of devices")}</th><th scope="col"><span class="away">{tr("Verbs")}</span></th>
            </tr></thead>
            <tbody>{waves.map((wave) => (
              <tr key={wave.name} data-wave={wave.name}>
                <th scope="row">{titleOf(wave)}{wave.makeUp && <> <Pill>{tr("make-up")}</Pill></>}</th>
                <td><bdi>{wave.phase}</bdi></td>
                <td><Pill tone={toneOfWave(wave.state)}>{term(WaveStateSchema, wave.state)}</Pill></td>
                <td class="number">{wave.migrated}</td><td class="number">{wave.failed}</td><td class="number">{wave.open}</td>
                <td class="number"><CountLink count={wave.total} to={devicesWhere(...of(wave))} of={titleOf(wave)} /></td>
                <td class="row">
                  {(wave.state === WaveState.PLANNED || wave.state === WaveState.IN_PROGRESS) && (
                    <Allowed roles={[Role.OPERATOR, Role.PLANNER]} what={tr("Start, finish")}>
                      {wave.state === WaveState.PLANNED && <button class="button" type="button" onClick={() => (open.value = { wave, act: "start" })}>{tr("Start")}</button>}
                      {wave.state === WaveState.IN_PROGRESS && <button class="button" type="button" onClick={() => (open.value = { wave, act: "finish" })}>{tr("Finish")}</button>}
                    </Allowed>
                  )}
                </td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      )}
      {open.value && <WaveDialog open={open.value} onClose={() => (open.value = null)} onDone={onDone} />}
    </section>
  );
}

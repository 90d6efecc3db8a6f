import type { JSX } from "preact";
import { useEffect, useId, useState } from "preact/hooks";

type Common = {
  label: string;
  /** What is wrong with it; "" = nothing. */
  fault?: string;
  help?: string;
};

function Around({ label, fault = "", help = "", control }: Common & { control: (own: { id: string; "aria-describedby": string | undefined; "aria-invalid": boolean | undefined }) => JSX.Element }) {
  const id = useId();
  const described = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {help && <p class="help" id={`${id}-help`}>{help}</p>}
      {control({ id, "aria-describedby": described || undefined, "aria-invalid": fault ? true : undefined })}
      {fault && <p class="fault" id={`${id}-fault`}>{fault}</p>}
    </div>
  );
}

type InputProps = Common & { value: string; onValue: (value: string) => void } & Pick<JSX.IntrinsicElements["input"], "type" | "required" | "min" | "max" | "maxLength" | "autoComplete" | "inputMode" | "name" | "spellcheck" | "list">;

/** A text, number or day with its label, and the refusal that concerns it. */
export function TextField({ label, fault, help, value, onValue, ...rest }: InputProps) {
  return (
    <Around label={label} fault={fault} help={help} control={(own) => (
      <input {...rest} {...own} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    )} />
  );
}

type SelectProps = Common & { value: string; onValue: (value: string) => void; options: { value: string; word: string }[] };

/** A choice with its label. */
export function SelectField({ label, fault, help, value, onValue, options }: SelectProps) {
  return (
    <Around label={label} fault={fault} help={help} control={(own) => (
      <select {...own} value={value} onChange={(event) => onValue(event.currentTarget.value)}>
        {options.map((one) => <option key={one.value} value={one.value} selected={one.value === value}>{one.word}</option>)}
      </select>
    )} />
  );
}

type AreaProps = Common & { value: string; onValue: (value: string) => void; rows?: number };

/** A text of several lines with its label. */
export function AreaField({ label, fault, help, value, onValue, rows = 3 }: AreaProps) {
  return (
    <Around label={label} fault={fault} help={help} control={(own) => (
      <textarea {...own} rows={rows} value={value} onInput={(event) => onValue(event.currentTarget.value)} />
    )} />
  );
}

type SettledProps = Omit<InputProps, "onValue"> & { onSettled: (value: string) => void; onTyped?: (value: string) => void };

/** A text that holds when it is left or Enter is pressed. */
export function SettledField({ value, onSettled, onTyped, ...rest }: SettledProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const settle = () => typed.trim() !== value && onSettled(typed.trim());
  const type = (now: string) => {
    setTyped(now);
    onTyped?.(now);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); settle(); }} onFocusOut={settle}>
      <TextField {...rest} value={typed} onValue={type} />
    </form>
  );
}

"""Arguments checked and cleaned the way WordPress does it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from wpbridge.rehearsal.arguments import TYPE_LISTS, WORDS, Argument, Registered
from wpbridge.rehearsal.refusal import Refusal
from wpbridge.rehearsal.text import strip_text
from wpbridge.rehearsal.wire import Params, list_of

_NOBODY = (False, "false", "", 0)
_CLEAN = {"name", "search", "first_name", "last_name", "nickname"}


def check(
    arguments: tuple[Argument, ...], params: Params, registered: Registered
) -> None:
    """``has_valid_params``, then ``sanitize_params``; changes params."""
    missing = [
        each.name
        for each in arguments
        if each.required and params.get(each.name) is None
    ]
    if missing:
        raise Refusal(
            "rest_missing_callback_param",
            f"Missing parameter(s): {', '.join(missing)}",
            400,
            params=missing,
        )
    faults: dict[str, dict[str, Any]] = {}
    for argument in arguments:
        value = params.get(argument.name)
        if value is None or argument.free:
            continue
        fault = _fault(value, argument, registered)
        if fault:
            faults[argument.name] = fault
        else:
            _clean_all(params, argument, registered)
    if faults:
        raise Refusal(
            "rest_invalid_param",
            f"Invalid parameter(s): {', '.join(faults)}",
            400,
            params={name: fault["message"] for name, fault in faults.items()},
            details=faults,
        )


def _clean_all(params: Params, argument: Argument, registered: Registered) -> None:
    for source in params.sources():
        if source.get(argument.name) is not None:
            source[argument.name] = _clean(source[argument.name], argument, registered)


def _detail(code: str, message: str, data: Any = None) -> dict[str, Any]:
    return {"code": code, "message": message, "data": data}


def _wrong_type(name: str, types: tuple[str, ...]) -> dict[str, Any]:
    told = ",".join(WORDS[each] for each in types)
    message = f"{name} is not of type {told}."
    return _detail("rest_invalid_type", message, {"param": name})


def is_integer(value: Any) -> bool:
    """``rest_is_integer``."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return float(value).is_integer()
    return isinstance(value, str) and bool(re.match(r"\s*[+-]?\d+(\.0*)?\s*$", value))


def _is_number(value: Any) -> bool:
    if isinstance(value, str):
        return bool(
            re.match(r"\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$", value, re.IGNORECASE)
        )
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_boolean(value: Any) -> bool:
    if isinstance(value, str):
        return value.lower() in ("false", "true", "0", "1")
    return isinstance(value, bool) or (isinstance(value, int) and value in (0, 1))


def _is_array(value: Any) -> bool:
    # Scalars are taken for lists of words; objects are not numeric arrays.
    if isinstance(value, dict):
        return all(key.isdigit() for key in value)
    return value is not None


def _is_object(value: Any) -> bool:
    return value in ("", []) or isinstance(value, dict)


_IS: Mapping[str, Callable[[Any], bool]] = {
    "str": lambda value: isinstance(value, str),
    "int": is_integer,
    "num": _is_number,
    "bool": _is_boolean,
    "list": _is_array,
    "obj": _is_object,
    "any": lambda _: True,
}


def _fault(
    value: Any, argument: Argument, registered: Registered
) -> dict[str, Any] | None:
    """``rest_validate_value_from_schema``."""
    name = argument.name
    if argument.name in TYPE_LISTS and argument.enum:
        if not isinstance(value, str):
            # explode() of an array is a fatal error, which WordPress reports.
            message = "<p>There has been a critical error on this website.</p>"
            raise Refusal("internal_server_error", message, 500)
        return _type_fault(value, argument, registered)
    if name == "reassign" and value in _NOBODY:
        # WP_REST_Users_Controller::check_reassign
        return None
    if not any(_IS[each](value) for each in argument.types):
        return _wrong_type(name, argument.types)
    if argument.types == ("list",):
        return _items_fault(value, argument, registered)
    return _bounds_fault(value, argument) or _word_fault(
        value, argument.allowed(registered), name, argument.format
    )


def _type_fault(
    value: Any, argument: Argument, registered: Registered
) -> dict[str, Any] | None:
    """``bp_rest_validate_group_types``; member types pass whatever they are."""
    if argument.name == "member_type":
        return None
    known = argument.allowed(registered)
    for each in str(value).split(",") if value else ():
        if each not in known:
            return _detail(
                "bp_rest_invalid_group_type",
                f"The group type you provided, {each}, is not one of "
                f"{', '.join(known)}.",
            )
    return None


def _items_fault(
    value: Any, argument: Argument, registered: Registered
) -> dict[str, Any] | None:
    allowed = argument.allowed(registered)
    for index, each in enumerate(list_of(value)):
        name = f"{argument.name}[{index}]"
        if argument.items and not _IS[argument.items](each):
            return _wrong_type(name, (argument.items,))
        fault = _word_fault(each, allowed, name, "")
        if fault:
            return fault
    return None


def _bounds_fault(value: Any, argument: Argument) -> dict[str, Any] | None:
    low, high, name = argument.low, argument.high, argument.name
    if low is None and high is None:
        return None
    number = float(value)
    if low is not None and high is not None and not low <= number <= high:
        message = f"{name} must be between {low} (inclusive) and {high} (inclusive)"
    elif high is None and low is not None and number < low:
        message = f"{name} must be greater than or equal to {low}"
    elif low is None and high is not None and number > high:
        message = f"{name} must be less than or equal to {high}"
    else:
        return None
    return _detail("rest_out_of_bounds", message)


def _word_fault(
    value: Any, allowed: list[str], name: str, wanted: str
) -> dict[str, Any] | None:
    if allowed and value not in allowed:
        if len(allowed) == 1:
            message = f"{name} is not {allowed[0]}."
        else:
            # wp_sprintf's %l puts a comma before "and", unless there are two.
            comma = "," if len(allowed) > 2 else ""  # noqa: PLR2004 - see above
            told = f"{', '.join(allowed[:-1])}{comma} and {allowed[-1]}"
            message = f"{name} is not one of {told}."
        return _detail("rest_not_in_enum", message)
    if wanted == "email" and not re.match(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$", value):
        return _detail("rest_invalid_email", "Invalid email address.")
    if wanted == "date-time" and not re.match(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d", value):
        return _detail("rest_invalid_date", "Invalid date.")
    return None


def _clean(value: Any, argument: Argument, registered: Registered) -> Any:
    """``rest_sanitize_value_from_schema`` and the callbacks in its place."""
    if argument.name in TYPE_LISTS and argument.enum:
        known = argument.allowed(registered)
        return [each for each in str(value).split(",") if each in known] or None
    if argument.name == "reassign" and value in _NOBODY:
        return False
    match argument.types:
        case ("list", *_) if _is_array(value):
            return [_scalar(each, argument.items) for each in list_of(value)]
        case (only,):
            cleaned = _scalar(value, only)
            if argument.name in _CLEAN and isinstance(cleaned, str):
                return strip_text(cleaned)
            return cleaned
        case _:
            pass
    return value


def _scalar(value: Any, kind: str) -> Any:
    match kind:
        case "int":
            return int(float(value))
        case "num":
            return float(value)
        case "bool":
            if isinstance(value, str):
                return value.lower() not in ("false", "0", "")
            return bool(value)
        case _:
            pass
    return value

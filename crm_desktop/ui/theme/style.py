"""The style: Fusion with our own checks, frames, buttons, headers, tabs and scroll bars."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QListView,
    QListWidget,
    QProxyStyle,
    QPushButton,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from crm_desktop.ui.theme import bars, buttons, parts
from crm_desktop.ui.theme.icon_engine import icon
from crm_desktop.ui.theme.parts import LINK, PRIMARY, QUIET, SEGMENT, variant
from crm_desktop.ui.theme.theme import theme, tokens
from crm_desktop.ui.theme.tokens import (
    CHECK,
    CONTROL_HEIGHT,
    MENU_ARROW,
    ROW_HEIGHT_COMPACT,
    SMALL_CONTROL_HEIGHT,
)

_PE = QStyle.PrimitiveElement
_CE = QStyle.ControlElement
_CC = QStyle.ComplexControl
_CT = QStyle.ContentsType
_SC = QStyle.SubControl
_SE = QStyle.SubElement
_State = QStyle.StateFlag

Primitive = Callable[[QStyleOption, QPainter, QWidget | None], None]
_PRIMITIVES: dict[QStyle.PrimitiveElement, Primitive] = {
    _PE.PE_IndicatorCheckBox: parts.check,
    _PE.PE_IndicatorItemViewItemCheck: parts.check,
    _PE.PE_IndicatorRadioButton: parts.radio,
    _PE.PE_PanelLineEdit: parts.line_edit,
    _PE.PE_FrameLineEdit: parts.line_edit,
    _PE.PE_PanelButtonCommand: buttons.button,
    _PE.PE_PanelButtonTool: buttons.tool_button,
    _PE.PE_FrameFocusRect: parts.focus_ring,
    _PE.PE_PanelTipLabel: parts.tip,
    _PE.PE_PanelMenu: parts.menu,
    _PE.PE_FrameMenu: parts.nothing,
    _PE.PE_Frame: parts.frame,
    _PE.PE_PanelScrollAreaCorner: parts.nothing,
    _PE.PE_FrameTabWidget: parts.nothing,
    _PE.PE_FrameTabBarBase: parts.tab_base,
    _PE.PE_IndicatorArrowDown: parts.arrow("chevron-down"),
    _PE.PE_IndicatorArrowUp: parts.arrow("chevron-up"),
    _PE.PE_IndicatorArrowLeft: parts.arrow("chevron-left"),
    _PE.PE_IndicatorArrowRight: parts.arrow("chevron-right"),
    _PE.PE_IndicatorHeaderArrow: parts.sort_arrow,
    _PE.PE_IndicatorMenuCheckMark: parts.menu_check,
    _PE.PE_IndicatorButtonDropDown: parts.nothing,
}
_CONTROLS: dict[QStyle.ControlElement, Primitive] = {
    _CE.CE_HeaderSection: parts.header,
    _CE.CE_HeaderEmptyArea: parts.header,
    _CE.CE_TabBarTabShape: parts.tab,
    _CE.CE_ProgressBarGroove: bars.progress_groove,
    _CE.CE_ProgressBarContents: bars.progress_fill,
    _CE.CE_Splitter: parts.splitter,
    _CE.CE_RubberBand: parts.rubber_band,
}
_TICKED = QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
_TEXT_INSET = 6
_CELL_INSET = 5  # and in a cell of a table or its head, besides what Qt leaves
_HEIGHTS = {_CT.CT_PushButton, _CT.CT_LineEdit, _CT.CT_ComboBox, _CT.CT_SpinBox}


class CrmStyle(QProxyStyle):
    """Draws the few controls whose Fusion look is unclear in dark or too heavy in light."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def polish(self, widget: Any) -> Any:
        super().polish(widget)
        if isinstance(widget, QLineEdit) and not isinstance(
            widget.parentWidget(), (QComboBox, QAbstractSpinBox)
        ):
            if widget.hasFrame() and widget.textMargins().isNull():
                widget.setTextMargins(_TEXT_INSET, 0, _TEXT_INSET, 0)
        elif isinstance(widget, QHeaderView):
            widget.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        drawer = _PRIMITIVES.get(element)
        if element == _PE.PE_PanelItemViewItem and isinstance(widget, QListView):
            drawer = parts.list_item
        if drawer is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        drawer(option, painter, widget)
        painter.restore()

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        drawer = _CONTROLS.get(element)
        if drawer is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            drawer(option, painter, widget)
            painter.restore()
            return
        if element in parts.TICKABLE and isinstance(option, QStyleOptionButton):
            self._ticked(element, option, painter, widget)
            return
        if element == _CE.CE_HeaderLabel and isinstance(option, QStyleOptionHeader):
            label = QStyleOptionHeader(option)
            label.palette.setColor(QPalette.ColorRole.ButtonText, QColor(tokens().muted))
            label.state &= ~_State.State_On
            label.rect = option.rect.adjusted(_CELL_INSET, 0, -_CELL_INSET, 0)
            painter.setFont(theme().font("strong"))
            super().drawControl(element, label, painter, widget)
            return
        if element == _CE.CE_PushButtonLabel and isinstance(option, QStyleOptionButton):
            self._push_button_label(option, painter, widget)
            buttons.button_focus(option, painter, widget)
            return
        super().drawControl(element, option, painter, widget)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == _CC.CC_ScrollBar:
            thumb = self.subControlRect(control, option, _SC.SC_ScrollBarSlider, widget)
            bars.scroll_bar(option, painter, thumb)
        elif control == _CC.CC_ComboBox and isinstance(widget, QComboBox):
            arrow = self.subControlRect(control, option, _SC.SC_ComboBoxArrow, widget)
            parts.combo_box(option, painter, arrow)
        elif control == _CC.CC_SpinBox and isinstance(widget, QAbstractSpinBox):
            up = self.subControlRect(control, option, _SC.SC_SpinBoxUp, widget)
            down = self.subControlRect(control, option, _SC.SC_SpinBoxDown, widget)
            parts.spin_box(option, painter, up, down)
        else:
            super().drawComplexControl(control, option, painter, widget)
            if control == _CC.CC_ToolButton:
                buttons.button_focus(option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        sub: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == _CC.CC_ScrollBar:
            found = bars.scroll_bar_rect(option, sub)
            if found is not None:
                return found
        rect = super().subControlRect(control, option, sub, widget)  # type: ignore[arg-type]
        if sub == _SC.SC_ComboBoxEditField and control == _CC.CC_ComboBox:
            rect.setLeft(rect.left() + _TEXT_INSET - 1)
        elif sub == _SC.SC_SpinBoxEditField and control == _CC.CC_SpinBox:
            rect.setLeft(rect.left() + _TEXT_INSET)
        return rect

    def subElementRect(
        self, element: QStyle.SubElement, option: QStyleOption, widget: QWidget | None = None
    ) -> QRect:
        if element in parts.TICKED and isinstance(option, QStyleOptionButton):
            return parts.ticked_rect(element, option)
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        if isinstance(option, QStyleOptionViewItem) and option.features & _TICKED:
            usual = self.pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, option, widget)
            rect = parts.ticked_item(element, rect, usual)
        if isinstance(widget, QTableView):
            if element == _SE.SE_ItemViewItemText:
                return rect.adjusted(_CELL_INSET, 0, -_CELL_INSET, 0)
            if element == _SE.SE_ItemViewItemDecoration:
                return rect.translated(_CELL_INSET, 0)
        return rect

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        result = super().sizeFromContents(kind, option, size, widget)  # type: ignore[arg-type]
        if kind in _HEIGHTS:
            small = widget is not None and bool(widget.property("small"))
            height = theme().px(SMALL_CONTROL_HEIGHT if small else CONTROL_HEIGHT)
            width = result.width()
            if kind == _CT.CT_PushButton and isinstance(widget, QPushButton):
                padding = 4 if variant(widget) == LINK else 16 if small else 24
                width = size.width() + theme().px(padding)
                # The words asked about, which the button may not hold now.
                named = widget.text() or getattr(option, "text", "")
                if named and not widget.icon().isNull():
                    width += buttons.ICON_GAP - buttons.QT_ICON_GAP
                if not named:
                    width = height + (theme().px(MENU_ARROW) if widget.menu() else 0)
            elif kind in (_CT.CT_ComboBox, _CT.CT_SpinBox):
                width += _TEXT_INSET + 2
            result = QSize(width, max(height, size.height()))
        elif kind in (_CT.CT_CheckBox, _CT.CT_RadioButton):
            side = theme().px(CHECK)
            words = size.width() + parts.TICK_GAP if getattr(option, "text", "") else 0
            result = QSize(side + words + 4, max(side + 4, size.height()))
        elif kind == _CT.CT_HeaderSection:
            result.setHeight(max(result.height(), theme().px(SMALL_CONTROL_HEIGHT)))
            result.setWidth(result.width() + 2 * _CELL_INSET)
        elif kind == _CT.CT_ItemViewItem and isinstance(widget, QTableView):
            result.setWidth(result.width() + 2 * _CELL_INSET)
        elif kind == _CT.CT_ItemViewItem and isinstance(widget, QListWidget):
            result.setHeight(max(result.height(), theme().px(ROW_HEIGHT_COMPACT)))
        elif kind == _CT.CT_MenuItem:
            result.setHeight(max(result.height(), theme().px(28)))
        return result

    def standardIcon(
        self,
        which: QStyle.StandardPixmap,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        if which == QStyle.StandardPixmap.SP_LineEditClearButton:
            return icon("x", "muted")
        return super().standardIcon(which, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_ToolTipLabel_Opacity:
            return 255
        if hint == QStyle.StyleHint.SH_ComboBox_Popup:
            return 0
        if hint == QStyle.StyleHint.SH_Table_GridLineColor:
            # Qt passes the colour through a signed int.
            return int.from_bytes(QColor(tokens().border).rgb().to_bytes(4, "big"), signed=True)
        if hint == QStyle.StyleHint.SH_EtchDisabledText:
            return 0
        if hint == QStyle.StyleHint.SH_Menu_SpaceActivatesItem:
            return 1  # many entries are ticks
        if hint == QStyle.StyleHint.SH_ItemView_DrawDelegateFrame:
            return 1  # one sees that a cell is being edited
        return super().styleHint(hint, option, widget, returned)

    def _ticked(
        self,
        element: QStyle.ControlElement,
        option: QStyleOptionButton,
        painter: QPainter,
        widget: QWidget | None,
    ) -> None:
        """A check box or radio button: Qt asks Fusion itself where their parts are, not us."""
        square, words, primitive, label = parts.TICKABLE[element]
        copy = QStyleOptionButton(option)
        copy.rect = parts.ticked_rect(square, option)
        self.drawPrimitive(primitive, copy, painter, widget)
        copy.rect = parts.ticked_rect(words, option)
        super().drawControl(label, copy, painter, widget)
        if option.state & _State.State_HasFocus:
            self.drawPrimitive(_PE.PE_FrameFocusRect, option, painter, widget)

    def _push_button_label(
        self, option: QStyleOptionButton, painter: QPainter, widget: QWidget | None
    ) -> None:
        look = variant(widget)
        copy = QStyleOptionButton(option)
        if option.state & _State.State_Enabled:
            if look == PRIMARY:
                copy.palette.setColor(QPalette.ColorRole.ButtonText, QColor(tokens().on_accent))
            elif look == QUIET:
                copy.palette.setColor(QPalette.ColorRole.ButtonText, QColor(tokens().muted))
            elif look == LINK or (look == SEGMENT and option.state & _State.State_On):
                copy.palette.setColor(QPalette.ColorRole.ButtonText, QColor(tokens().link))
        if copy.icon.isNull() or not copy.text:
            super().drawControl(_CE.CE_PushButtonLabel, copy, painter, widget)
        else:
            buttons.icon_and_words(self, copy, painter)

// SPDX-License-Identifier: MIT
// All windows together: where they lie, which is above which, which has the focus, and what lies
// under a point. Decisions are policy's; this carries them out on the scene.
#pragma once

#include "compositor/desktop/desktop_listener.hpp"
#include "compositor/desktop/window.hpp"
#include "compositor/event_source.hpp"
#include "compositor/policy/attention.hpp"
#include "compositor/policy/focus.hpp"
#include "compositor/policy/placement.hpp"
#include "compositor/policy/places.hpp"
#include "compositor/policy/stacking.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

struct wlr_scene_node;

namespace leadlight::compositor {

class Output;
class Server;

/// What lies under a point of the layout.
struct Hit {
    SceneOwner* owner = nullptr;  // null: the background
    Window* window = nullptr;     // if the owner is one
    theming::FramePart part = theming::FramePart::outside;
    /// From the window's content's top left, in physical pixels of the window.
    double content_x = 0, content_y = 0;
    /// The very node, and the point in its own coordinates: for wlr_scene_surface lookups.
    wlr_scene_node* node = nullptr;
    double node_x = 0, node_y = 0;

    bool in_content() const { return part == theming::FramePart::content; }
};

class Desktop {
  public:
    explicit Desktop(Server& server);
    ~Desktop();

    /// Calls go nowhere until it is set. Borrowed: the listener sets null before it goes.
    void set_listener(DesktopListener* listener) { listener_ = listener; }

    Hit at(double layout_x, double layout_y) const;
    /// A layout point in physical pixels of the window's content; may lie outside of it.
    static std::pair<double, double> content_point(const Window& window, double layout_x,
                                                   double layout_y);

    // Windows.
    Window* find(policy::WindowId id) const;
    /// From the bottom up, as in the scene: what stands on a toplevel is below the toplevels that
    /// belong to that, and what the pointer carries is above all.
    std::vector<Window*> stacked() const;
    Window* focused() const { return find(focus_.window()); }
    const policy::Focus& focus() const { return focus_; }
    /// Toplevels by last use, the focused one first: for the switcher.
    std::vector<Window*> recent() const;
    /// The window that it belongs to, or null.
    Window* parent_of(const Window& window) const;
    /// The toplevel that a popup stands on, or the window itself.
    Window& root_of(Window& window) const;
    /// The screen shows it, and nothing that it stands on is hidden or carried by the pointer.
    bool in_sight(const Window& window) const;
    /// In sight, and not wholly under what lies above it, windows of its own domain among that; of
    /// very many it counts as covered. The person sees what takes the next press.
    bool is_open(const Window& menu) const;
    /// The windows in sight that those of other domains do not wholly cover; of many on top of each
    /// other the topmost count.
    std::set<policy::WindowId> uncovered() const;
    /// The topmost full screen of an output that is to be seen, or null.
    const Window* fills(const Output& output) const;
    /// The output it is on; of none, the one where a new window would be.
    policy::OutputArea area_of(const Window& window) const;

    /// Domains that ask for the person's attention, each once: for the trusted bar.
    struct Asking {
        policy::DomainId domain;
        theming::Identity identity;
    };
    std::vector<Asking> asking() const;

    // The person's acts. Null: no window.
    void choose(Window& window);  // focus and raise, taking it out if it is minimized
    /// The person turned to a domain that asks: to its topmost window that does.
    void attend(policy::DomainId domain);
    /// Any press of key or button that chooses nothing.
    void person_acted() { focus_.person_acted(); }
    /// The person started a program in a domain.
    void program_started(policy::DomainId domain);
    void raise(Window& window);
    void set_minimized(Window& window, bool minimized);
    void set_maximized(Window& window, bool maximized);
    void set_fullscreen(Window& window, bool fullscreen);
    /// The content's new box while the person drags; policy::kept_nameable() is applied here. A
    /// maximized window stays where it is.
    void drag_to(Window& window, const policy::Box& content);
    void resize_to(Window& window, const policy::Box& content);
    void set_resizing(Window& window, bool resizing);
    /// A drag icon: above all windows, where its guest's offset and the person's pointer put it,
    /// wholly inside one work area. It is never what lies under a point.
    void carry(Window& window, policy::Point pointer);
    /// It stands on its owner again.
    void put_down(Window& window);
    /// Ends menus: of that domain, or of all.
    void dismiss_popups(policy::DomainId only = {});

    // For windows themselves (GuestWindow, compositor/shell/).
    policy::WindowId new_id() { return policy::WindowId{++last_id_}; }
    /// False: its family is too deep; the window is not part of the desktop then.
    [[nodiscard]] bool add(Window& window, Window* parent);
    /// A toplevel's first place, chosen for content of that logical size; once.
    void place(Window& window, policy::Size size);
    /// The place of a popup or unmanaged window, confined by policy already.
    void place_satellite(Window& window, const policy::Box& box);
    /// The window has content, perhaps again; places it if nobody did. `size` logical.
    void map(Window& window, policy::Size size);
    void unmap(Window& window);
    void remove(Window& window);
    /// False: another domain's, a circle, or too deep.
    bool set_parent(Window& window, Window* parent);
    /// A guest asks for focus; moves it inside the focused domain only.
    void activation_asked(Window& window, bool vouched);
    /// Content of that logical size is shown that was drawn for the configure of this serial.
    void content_answers(Window& window, std::uint32_t serial, policy::Size size);
    /// A configure will be sent: with the next frame, or at once if the window is not shown yet.
    void ask_configure(Window& window);
    /// Something of it changed: looked at once, before the next frame.
    void touch(Window& window);
    /// It comes back with this place.
    void restore(Window& window, const policy::Place& place);
    policy::Stacking::Height height_of(const Window& window) const {
        return stacking_.height_of(window.id());
    }
    /// A window that was there may come back to that height: new ones are above it.
    void expects_back(policy::Stacking::Height height) { stacking_.keep_below(height); }
    /// The domain does not respond, or is gone with its windows.
    void domain_lost(policy::DomainId domain, bool gone);

    // For outputs.
    void outputs_changed();
    /// Before a frame is drawn: geometry, configures and frames that became due. Bounded work.
    void settle();

    Server& server() { return server_; }
    DesktopListener* listener() const { return listener_; }

  private:
    struct KnownOutput {
        policy::OutputArea area;
        std::string name;
    };
    using KnownOutputs = std::map<policy::OutputId, KnownOutput>;

    void settle_window(Window& window);
    void follow_outputs(Window& window, const KnownOutputs& before);
    void move_to(Window& window, const policy::Box& box, const policy::OutputArea& area);
    void lay_out(Window& window);
    void carry_satellites(Window& window);
    void follow_parent(Window& satellite, const Window& parent, policy::Point before);
    void rehome(Window& window, const policy::OutputArea& area);
    void rehome(Window& window, policy::OutputId output, policy::Scale scale);
    void pace(const Window& window);
    void restack();
    void focus_changed();
    /// Whether it is among uncovered(), which is found out when that is first asked.
    std::function<bool(policy::WindowId)> is_seen() const;
    void scene_changed();
    void set_visible(Window& window);
    void set_attention(Window& window, bool attention);
    void attention_changed();
    void adopt_size(Window& window, policy::Size size);
    void set_box(Window& window, const policy::Box& box);
    /// The topmost first; those of that domain, or all.
    std::vector<policy::Box> frames_on(policy::OutputId output,
                                       std::optional<policy::DomainId> domain) const;
    policy::OutputArea preferred_area() const;
    /// Where a window opens, and its box there.
    policy::OutputArea first_area(const Window& window) const;
    /// Of one that is maximized or fills the screen.
    static std::optional<policy::Box> filled_box(const Window& window,
                                                 const policy::OutputArea& area);
    policy::Box first_place(const Window& window, policy::Size size,
                            const policy::OutputArea& area) const;
    void put_at_once(Window& window, const policy::Box& box);
    /// Before its states change, and after.
    static void keep_restore_box(Window& window);
    void fill_or_restore(Window& window);

    Server& server_;
    DesktopListener* listener_ = nullptr;
    policy::Focus focus_;
    policy::WindowId told_focus_;
    policy::Stacking stacking_;
    std::map<policy::WindowId, Window*> windows_;
    std::vector<policy::WindowId> recent_;  // the latest last
    std::vector<Window*> scene_order_;      // toplevels, from the bottom up
    std::vector<Window*> touched_;
    std::set<Window*> resizing_;  // wait for content of their wished size
    KnownOutputs known_outputs_;
    policy::Attention attention_;
    Timer attention_timer_;  // one that rests is shown
    Timer sync_timer_;
    Timer settle_timer_;  // while there is no output
    std::uint64_t last_id_ = 0;
    bool stack_changed_ = false;
};

}  // namespace leadlight::compositor

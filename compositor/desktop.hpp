// SPDX-License-Identifier: MIT
// All windows together: where they lie, which is above which, which has the focus, and what lies
// under a point. Decisions are policy's; this carries them out on the scene.
#pragma once

#include "compositor/desktop_listener.hpp"
#include "compositor/policy/focus.hpp"
#include "compositor/policy/placement.hpp"
#include "compositor/policy/stacking.hpp"
#include "compositor/window.hpp"

#include <map>
#include <memory>
#include <vector>

struct wlr_scene_node;

namespace leadlight::compositor {

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

    /// Calls go nowhere until it is set. Borrowed.
    void set_listener(DesktopListener* listener) { listener_ = listener; }

    Hit at(double layout_x, double layout_y) const;
    /// A layout point in physical pixels of the window's content; may lie outside of it.
    static std::pair<double, double> content_point(const Window& window, double layout_x,
                                                   double layout_y);

    // Windows.
    Window* find(policy::WindowId id) const;
    /// From the bottom up, popups with their parents.
    std::vector<Window*> stacked() const;
    Window* focused() const;
    const policy::Focus& focus() const { return focus_; }
    /// Toplevels by last use, the focused one first: for the switcher.
    std::vector<Window*> recent() const;

    // The person's acts. Null: no window.
    void choose(Window* window);  // focus and raise, taking it out if it is minimized
    /// Any press of key or button that chooses nothing.
    void person_acted() { focus_.person_acted(); }
    /// The person started a program in a domain.
    void program_started(policy::DomainId domain);
    void raise(Window& window);
    void close(Window& window) { window.ask_close(); }
    void set_minimized(Window& window, bool minimized);
    void set_maximized(Window& window, bool maximized);
    void set_fullscreen(Window& window, bool fullscreen);
    /// The content's new box while the person drags; kept_nameable() is applied here.
    void drag_to(Window& window, const policy::Box& content);
    void resize_to(Window& window, const policy::Box& content);
    void set_resizing(Window& window, bool resizing);
    /// Ends menus: of that domain, or of all.
    void dismiss_popups(policy::DomainId only = {});

    // For windows themselves (GuestWindow, compositor/shell/).
    policy::WindowId new_id() { return policy::WindowId{++last_id_}; }
    void add(Window& window, Window* parent);
    /// The window's first content, or content again after none; `size` logical. Places it if new.
    void map(Window& window, policy::Size size);
    void unmap(Window& window);
    void remove(Window& window);
    /// False: another domain's, a circle, or too deep.
    bool set_parent(Window& window, Window* parent);
    /// A guest asks for focus; moves it inside the focused domain only.
    void activation_asked(Window& window, bool vouched);
    /// Content is on the screen that was drawn for the configure of this serial.
    void content_answers(Window& window, std::uint32_t serial);
    /// Configure, layout or frame of it changed: done once, before the next frame.
    void touch(Window& window);

    // For outputs.
    void outputs_changed();
    /// Before a frame is drawn: geometry, configures and frames that became due. Bounded work.
    void settle();

    Server& server() { return server_; }
    DesktopListener* listener() const { return listener_; }

  private:
    Server& server_;
    DesktopListener* listener_ = nullptr;
    policy::Focus focus_;
    policy::Stacking stacking_;
    std::map<policy::WindowId, Window*> windows_;
    std::uint64_t last_id_ = 0;
};

}  // namespace leadlight::compositor
